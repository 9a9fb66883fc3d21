import { exportPeers } from '../export.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';

const OPTIONS = {
  config: { type: 'string' },
  namespace: { type: 'string' },
  'namespace-only': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Writes what the names of a build stand for as the config's peers, so that lists of other builds can use these names.

Usage:
  kustomize build … | postern export > peers.yaml   a finished build, as a stream of documents
  postern export PATH... > peers.yaml               files and folders

Options:
  --namespace-only NS  only the names of this namespace
  --namespace NAME     the namespace of objects that name none, before the config's
  --config FILE        the config of the build, for its pods and its kinds of workloads
  --help               print this

Exit status: 0 when the catalogue is written, 1 after an error, 2 when the command line is wrong.
`;

/** `postern export`. */
export function exportCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern export');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { 'namespace-only': only, help } = read.values;
  if (help === true) return finish(0, HELP, []);
  const asked = readRequest(read.positionals, read.values);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const { output, problems, failed } = exportPeers({ ...asked.request, ...(only === undefined ? {} : { only }) });
  return finish(failed ? 1 : 0, output, linesOf(problems, false));
}
