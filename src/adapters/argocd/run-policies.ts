import { mergeConfig, printConfig } from '../../argocd/merge-config.ts';
import type { RunRequest } from '../../run.ts';
import { linesOf } from '../finish.ts';
import { runGuarded } from '../generate.ts';
import { PARAMETERS_FILE, type Rendered, type RenderRequest } from './render.ts';

/** Writes the policies of a stream or of files, and answers both; undefined after lines that say why not. */
export function runPolicies(input: RunRequest['input'], request: RenderRequest): Rendered | undefined {
  const config = configOf(request);
  const { output, problems, failed, verbose } = runGuarded({ input, config }, '');
  request.tell(linesOf(problems, verbose));
  return failed ? undefined : { stream: output, configs: [config] };
}

function configOf({ config, application }: RenderRequest): NonNullable<RunRequest['config']> {
  const merged = mergeConfig(config?.value, application.values, application.namespace);
  return { text: printConfig(merged), file: config?.file ?? PARAMETERS_FILE };
}
