import { SCRIPT_FORMATS, type ScriptChoice, script } from '../script.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { oneOf } from './one-of.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';

const OPTIONS = {
  format: { type: 'string', short: 'o' },
  in: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  expect: { type: 'boolean' },
  limit: { type: 'string' },
  image: { type: 'string' },
  timeout: { type: 'string' },
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Writes a script that tries in a live cluster whether its NetworkPolicies let through what those of the input do, and nothing else.

Usage:
  kustomize build … | postern script > try.sh && sh try.sh
  postern script [OPTIONS] PATH...                         files and folders
  kubectl get -A -o yaml deploy,sts,ds,cj,job,po,svc,ns,netpol | postern script

For each client the script starts a pod with a workload's labels in its namespace, which is never ready and belongs to nobody
else, connects to ready pods, deletes what it started, and prints a table. What policies cannot tell apart is tried once,
what must not connect as well as what must, also for a pod without labels in each namespace. What the config and
annotations expect is tried too, unless --in, --from or --to ask for less. Read it before you run it.

Options:
  -o, --format FORMAT    sh (as it is), or netassert, for netassert v2
  --in NAMESPACE         only what has an end in this namespace
  --from END, --to END   only these: shop/web, web, 'shop/*'
  --expect               only what the config and annotations expect, and all of that, not what policies say
  --limit N              at most so many connections (200)
  --image IMAGE          of the clients: busybox, or one with its sh, nc, nslookup and timeout (busybox:1.37)
  --timeout SECONDS      for one try of one connection, of up to three (3)
  --config FILE          the config of the build: its pods, privateRanges, nodes and workloadKinds
  --namespace NAME       the namespace of objects that name none, before the config's
  --verbose              print infos too
  --help                 print this

Exit status: 0, 1 when something cannot be read, a name is unknown or nothing can be tried, 2 when the command line is wrong.
`;

const DEFAULT_IMAGE = 'busybox:1.37';
const DEFAULT_LIMIT = '200';
const DEFAULT_SECONDS = '3';
const MOST_TRIED = 5000;
const MOST_SECONDS = 60;

/** `postern script`. */
export function scriptCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern script');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { values, positionals } = read;
  if (values.help === true) return finish(0, HELP, []);
  const format = oneOf('--format', values.format ?? 'sh', SCRIPT_FORMATS);
  if (typeof format === 'object') return refuseUsage(format.wrong);
  const limit = readNumber('--limit', values.limit ?? DEFAULT_LIMIT, MOST_TRIED);
  if (typeof limit === 'object') return refuseUsage(limit.wrong);
  const seconds = readNumber('--timeout', values.timeout ?? DEFAULT_SECONDS, MOST_SECONDS);
  if (typeof seconds === 'object') return refuseUsage(seconds.wrong);
  const { image = DEFAULT_IMAGE, in: within, from, to } = values;
  const expectations = expectationsFor(values);
  const choice: ScriptChoice = { format, limit, seconds, image, expectations, within, from, to };
  const asked = readRequest(positionals, values);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const { text, problems, failed } = script(asked.request, choice);
  return finish(failed ? 1 : 0, text, linesOf(problems, values.verbose === true));
}

/** Expectations are not sorted by ends, so who asks for some ends gets what policies say of them alone. */
function expectationsFor(values: {
  readonly expect?: boolean;
  readonly in?: string;
  readonly from?: string;
  readonly to?: string;
}): ScriptChoice['expectations'] {
  if (values.expect === true) return 'only';
  return values.in === undefined && values.from === undefined && values.to === undefined ? 'too' : 'none';
}

function readNumber(option: string, word: string, most: number): number | { readonly wrong: string } {
  const number = /^[0-9]+$/.test(word) ? Number(word) : 0;
  return number >= 1 && number <= most
    ? number
    : { wrong: `${option} must be a number from 1 to ${most}, got "${word}"` };
}
