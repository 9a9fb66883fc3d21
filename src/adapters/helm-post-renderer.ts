import { printProblem } from '../run.ts';
import { readArguments } from './arguments.ts';
import { defect, finish, linesOf } from './finish.ts';
import { runGuarded } from './generate.ts';
import { FILE_NAME, fileOfPolicies } from './helm-file.ts';
import { readRequest } from './read-request.ts';
import { stopHelm } from './stop-helm.ts';

const HELP = `Runs the function on the manifests of a Helm chart. It is what the plugin for Helm 4 runs, so that an error shows.

Usage:
  helm … --post-renderer postern [--post-renderer-args OPTION]...   in Helm 4, with the plugin installed

Helm 3 needs plain postern only. Where its chart may render no objects, which are an error elsewhere, name this command:
  helm … --post-renderer postern --post-renderer-args helm-post-renderer

Options:
  --config FILE      the config
  --namespace NAME   the release's namespace, which Helm does not tell
  --help             print this
`;

/** The name in plugin.yaml, by which this program knows that Helm 4 runs it. */
const PLUGIN = 'postern';

/** Comments are manifests to Helm 4, to which no output at all is an error. */
const NO_OBJECTS = '# The chart renders no objects.\n';

/** `postern helm-post-renderer`. */
export function helmPostRendererCommand(words: readonly string[]): number {
  try {
    return render(words);
  } catch (error) {
    return stop([printProblem(defect(error))]);
  }
}

function render(words: readonly string[]): number {
  const asked = readArguments(words);
  if (asked.kind === 'help') return finish(0, HELP, []);
  if (asked.kind !== 'run')
    return stop([usage(asked.kind === 'wrong' ? asked.message : 'must not be "--version" here')]);
  const [path] = asked.paths;
  if (path !== undefined) return stop([usage(`must be an option, since Helm sends the manifests, got "${path}"`)]);
  const read = readRequest([], asked);
  if ('problems' in read) return stop(linesOf(read.problems, false));
  if (read.text.trim() === '') return finish(0, NO_OBJECTS, []);
  const annotations = isPlugin() ? { [FILE_NAME]: fileOfPolicies(read.text) } : {};
  const { output, problems, failed, verbose } = runGuarded({ ...read.request, annotations }, read.text);
  if (failed) return stop(problems.filter(({ severity }) => severity === 'error').map(printProblem));
  return finish(0, output, linesOf(problems, verbose || asked.verbose));
}

function usage(message: string): string {
  return printProblem({ code: 'usage', severity: 'error', message });
}

/** Fails where the lines can be read: Helm 4 stops by itself, and shows them, only when it is given an output. */
function stop(lines: readonly string[]): number {
  return isPlugin() ? finish(0, stopHelm(lines), lines) : finish(1, '', lines);
}

function isPlugin(): boolean {
  return process.env['HELM_PLUGIN_NAME'] === PLUGIN;
}
