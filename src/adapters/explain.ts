import { EXPLAIN_FORMATS, type ExplainFormat, type ExplainResult, explain } from '../explain.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { readOptions } from './options.ts';
import { readConnection } from './read-connection.ts';
import { readRequest } from './read-request.ts';
import { terminalOfStdout } from './terminal.ts';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string', short: 'o' },
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Says whether one thing may connect to another by the NetworkPolicies of the input, and why.

Usage:
  … | postern explain shop/web '->' data/postgresql:5432           a finished build, or what kubectl get -o yaml prints
  postern explain shop/web data/postgresql:5432 [PATH...]          the arrow may be left out: a shell wants it in quotes
  postern explain --from shop/web --to data/postgresql [PATH...]

Each side is written as in a list: a workload or Service (web, shop/web), labels (app=web, data/app=db), a namespace
(shop/*), addresses (10.0.0.0/8, 203.0.113.9), internet, anywhere, cluster. A bare name is looked up everywhere, for the
destination in the namespace of the source first. Ports of a Service are translated to those of its pods. Without a port
those count that the destination declares; where it declares none, any port will do.

With '-x>' in place of '->' the connection is expected to be denied, and the exit status says whether it is.

Options:
  --from END, --to END   the two sides
  -o, --format FORMAT    text (as it is) or json
  --config FILE          the config of the build: its pods, peers, privateRanges, nodes and workloadKinds
  --namespace NAME       the namespace of objects that name none, before the config's
  --verbose              print infos too
  --help                 print this

Exit status: 0 when all of it is allowed ('-x>': denied), 3 when it is not, 1 when something cannot be read or is
unknown, 2 when the command line is wrong.
`;

/** The answer is not the one that was asked for. */
const OTHERWISE = 3;

/** `postern explain`. */
export function explainCommand(words: readonly string[]): number {
  const { rest, arrow } = readArrow(words);
  const read = readOptions(rest, OPTIONS, 'postern explain');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { values, positionals } = read;
  if (values.help === true) return finish(0, HELP, []);
  const connection = readConnection(positionals, values, arrow);
  if ('wrong' in connection) return refuseUsage(connection.wrong);
  const format = EXPLAIN_FORMATS.find((known) => known === (values.format ?? 'text'));
  if (format === undefined) return refuseUsage(`--format must be text or json, got "${values.format}"`);
  const asked = readRequest(connection.paths, values);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const question = { ...connection, format: format satisfies ExplainFormat, ...terminalOfStdout() };
  return publish(explain(asked.request, question), connection.expected, values.verbose === true);
}

function publish({ text, outcome, problems }: ExplainResult, expected: 'allowed' | 'denied', verbose: boolean): number {
  const status = outcome === undefined ? 1 : outcome === expected ? 0 : OTHERWISE;
  return finish(status, text, linesOf(problems, verbose));
}

/** Arrows look like options, so they are taken out before those are read. */
function readArrow(words: readonly string[]): { readonly rest: readonly string[]; readonly arrow: string | undefined } {
  const arrow = words.find((word) => word === '->' || word === '-x>');
  return { rest: words.map((word) => (word === '-x' ? '-' : word)).filter((word) => word !== arrow), arrow };
}
