import { PLAN_FORMATS, plan } from '../plan.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';

const OPTIONS = {
  config: { type: 'string' },
  namespace: { type: 'string' },
  only: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Says what "isolate: both" would close, which traffic that the manifests reveal it would cut, and what to write to keep it.

Usage:
  kustomize build … | postern plan [--config FILE]     a finished build, as a stream of documents
  postern plan [--config FILE] PATH...                 files and folders
  kubectl get -A -o yaml ns,deploy,…,svc,cm,ing | postern plan   a cluster

It only prints. Traffic is read from Services that variables, arguments, commands and ConfigMaps name, from Ingresses,
routes, webhooks, monitors, load balancers, scrape annotations and the rights of ServiceAccounts. Secrets are never read.

Options:
  --config FILE      the config of the build: its peers, its pods, its prefix of annotations
  --namespace NAME   the namespace of objects that name none, before the config's
  --only NS          only this namespace
  --format NAME      text (the default), patches (strategic merge patches for kustomize), or json
  --help             print this

Exit status: 0 when there is a plan, 1 after an error, 2 when the command line is wrong.
`;

/** `postern plan`. */
export function planCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern plan');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { only, format = 'text', help } = read.values;
  if (help === true) return finish(0, HELP, []);
  const print = PLAN_FORMATS.get(format);
  if (print === undefined) return refuseUsage(`--format must be text, patches or json, got "${format}"`);
  const asked = readRequest(read.positionals, read.values);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const found = plan({ ...asked.request, ...(only === undefined ? {} : { only }) });
  return found.plan === undefined
    ? finish(1, '', linesOf(found.problems, false))
    : finish(0, print(found.plan), linesOf(found.problems, false));
}
