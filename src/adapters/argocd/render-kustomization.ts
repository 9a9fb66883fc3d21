import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { carryOver } from '../../argocd/carry-over.ts';
import { LOOKER_FILE, wrapKustomization } from '../../argocd/kustomization.ts';
import { mergeConfig, printConfig, saysSettings } from '../../argocd/merge-config.ts';
import type { Report } from '../../model/problem.ts';
import type { RunRequest } from '../../run.ts';
import { linesOf } from '../finish.ts';
import { runGuarded } from '../generate.ts';
import { type Ended, linesOfText, runProgram } from './child.ts';
import { type FoundFunction, findFunctions } from './find-functions.ts';
import { PARAMETERS_FILE, type Rendered, type RenderRequest } from './render.ts';
import { textOf } from './source.ts';

/** Of the sidecar, so that only whoever runs Argo CD sets it: options of `kustomize build`. */
export const OPTIONS = 'POSTERN_ARGOCD_KUSTOMIZE_OPTIONS';

/**
 * A kustomization. It is built twice at once: as it is, and inside another that looks at its objects before they lose the
 * names of the base. The policies are made of the second, and added to the first. As a transformer Postern would do the
 * same in one build, but Kustomize takes some seconds to put a thousand objects back that a function returns.
 */
export async function renderKustomization(request: RenderRequest): Promise<Rendered | undefined> {
  const { application, report, tell } = request;
  const options = (process.env[OPTIONS] ?? '').split(/\s+/).filter((option) => option !== '');
  const functions = findFunctions(application.folder);
  if (!areRunnable(functions, options.includes('--enable-exec'), report)) return undefined;
  const configs = configsFor(request, functions);
  if (configs === undefined) return undefined;
  const [built, seen] = await build(request, options);
  tell(linesOfText((built.status === 0 && seen.status !== 0 ? seen : built).stderr));
  if (built.status !== 0 || seen.status !== 0) return undefined;
  return addPolicies(request, { stream: built.stdout, seen: seen.stdout, configs });
}

/** The finished build, and the objects as they were seen. Charts are fetched into the source, so then one after the other. */
async function build(
  { scratch, application }: RenderRequest,
  options: readonly string[],
): Promise<readonly [Ended, Ended]> {
  const env = environment(scratch);
  const list = join(scratch, 'seen.json');
  const words = ['build', '--enable-alpha-plugins', ...options];
  const finish = (): Promise<Ended> => runProgram('kustomize', [...words, application.folder], env);
  const look = async (): Promise<Ended> => {
    const own = { ...env, [LOOKER_FILE]: list };
    const ended = await runProgram('kustomize', [...words, writeWrapper(scratch, application.folder)], own);
    return { ...ended, stdout: textOf(list) ?? '' };
  };
  if (!options.includes('--enable-helm')) return Promise.all([finish(), look()]);
  return [await finish(), await look()];
}

/** One config after the other, each on what the one before left. */
function addPolicies(
  request: RenderRequest,
  { stream, seen, configs }: { readonly stream: string; readonly seen: string; readonly configs: readonly Config[] },
): Rendered | undefined {
  const used: NonNullable<RunRequest['config']>[] = [];
  let now = { stream, seen };
  for (const value of configs) {
    const config = { text: printConfig(value), file: request.config?.file ?? PARAMETERS_FILE };
    const { changes, output, problems, failed, verbose } = runGuarded({ input: now.seen, config }, '');
    request.tell(linesOf(problems, verbose));
    if (failed) return undefined;
    now = { stream: carryOver(changes, now.seen, now.stream), seen: output };
    used.push(config);
  }
  return { stream: now.stream, configs: used };
}

/** Kustomize skips in silence what it may not run, and the build would lack what it does. */
function areRunnable(functions: readonly FoundFunction[], mayExec: boolean, report: Report): boolean {
  const skipped = functions.filter(
    ({ runs, isPostern, isOutermost }) => !isPostern || (runs === 'program' && !isOutermost),
  );
  const refused = skipped.filter(
    ({ runs, isPostern }) => !(mayExec && runs === 'program') && !(isPostern && runs === 'container'),
  );
  for (const { file, runs, program, isPostern } of refused) {
    const advice = isPostern
      ? 'list Postern in the outermost kustomization, or as "container" with its image'
      : runs === 'container'
        ? 'render this Application in another way'
        : `whoever runs Argo CD can allow it with ${OPTIONS}=--enable-exec on the sidecar`;
    const message = `must not run ${runs === 'container' ? 'containers' : 'programs'} of the build, got "${program}" in "${file}"; ${advice}`;
    report({ code: 'unrunnable-function', severity: 'error', message });
  }
  return refused.length === 0;
}

type Config = ReturnType<typeof mergeConfig>;

/**
 * The configs to write policies for. Those that the outermost kustomization lists come first: what Kustomize skipped
 * runs then, and what it ran is found by its mark and stays as it is. A build that runs Postern further inside and says
 * nothing here is left as it is.
 */
function configsFor(
  { config, application, report }: RenderRequest,
  functions: readonly FoundFunction[],
): Config[] | undefined {
  const { values, namespace } = application;
  const ours = functions.filter(({ isPostern }) => isPostern);
  const listed = ours.filter(({ isOutermost }) => isOutermost);
  const own = values.strings.get('config');
  if (own !== undefined && listed.length > 0) {
    const message = `the parameter "config" must not be set where the kustomization lists Postern itself, here in "${listed[0]?.file}"`;
    report({ code: 'invalid-parameter', severity: 'error', message });
    return undefined;
  }
  if (listed.length > 0) return listed.map((found) => mergeConfig(found.config, values, namespace));
  const isInside = ours.length > 0 && config === undefined;
  return isInside && !saysSettings(values) ? [] : [mergeConfig(config?.value, values, namespace)];
}

function writeWrapper(scratch: string, folder: string): string {
  const wrapper = join(realpathSync(scratch), 'build');
  mkdirSync(wrapper);
  writeFileSync(join(wrapper, 'kustomization.yaml'), wrapKustomization(relative(wrapper, folder)));
  return wrapper;
}

/** The engine that Kustomize calls for a container is this program itself, and knows one image only. */
function environment(scratch: string): NodeJS.ProcessEnv {
  const commands = join(scratch, 'bin');
  mkdirSync(commands);
  symlinkSync(realpathSync(process.argv[1] ?? ''), join(commands, 'docker'));
  const path = [commands, process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path, POSTERN_ARGOCD: 'engine', KUSTOMIZE_PLUGIN_HOME: join(scratch, 'plugins') };
}
