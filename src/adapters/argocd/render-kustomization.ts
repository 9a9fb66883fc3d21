import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { wrapKustomization } from '../../argocd/kustomization.ts';
import { mergeConfig, printConfig, saysSettings } from '../../argocd/merge-config.ts';
import type { Report } from '../../model/problem.ts';
import { linesOfText, runProgram } from './child.ts';
import { type FoundFunction, findFunctions, kustomizationOf } from './find-functions.ts';
import type { Rendered, RenderRequest } from './render.ts';

/** Of the sidecar, so that only whoever runs Argo CD sets it: options of `kustomize build`. */
export const OPTIONS = 'POSTERN_ARGOCD_KUSTOMIZE_OPTIONS';

/** A kustomization, built with Postern as its last transformer, so that lists may say the names of the base. */
export async function renderKustomization(request: RenderRequest): Promise<Rendered | undefined> {
  const { application, scratch, report } = request;
  const options = (process.env[OPTIONS] ?? '').split(/\s+/).filter((option) => option !== '');
  const functions = findFunctions(application.folder);
  if (!areRunnable(functions, options.includes('--enable-exec'), report)) return undefined;
  const configs = configsFor(request, functions);
  if (configs === undefined) return undefined;
  const wrapper = writeWrapper(request, configs);
  const words = ['build', '--enable-alpha-plugins', ...options, wrapper];
  const { status, stdout, stderr } = await runProgram('kustomize', words, environment(scratch));
  request.tell(linesOfText(stderr));
  const used = configs.map((config) => ({ text: printConfig(config), file: "the function's config" }));
  return status === 0 ? { stream: stdout, configs: used } : undefined;
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
 * The configs of the functions to add. Those that the outermost kustomization lists come first: what Kustomize skipped
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

function writeWrapper({ application, scratch }: RenderRequest, configs: readonly Config[]): string {
  const wrapper = join(realpathSync(scratch), 'build');
  mkdirSync(wrapper);
  const outer = kustomizationOf(application.folder) ?? { builds: [], transformers: [], others: [], outermost: {} };
  const text = wrapKustomization(relative(wrapper, application.folder), outer, configs);
  writeFileSync(join(wrapper, 'kustomization.yaml'), text);
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
