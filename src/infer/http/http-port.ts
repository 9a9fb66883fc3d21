import type { Workload } from '../../model/workload.ts';
import { type Front, targetPorts } from '../target-ports.ts';

/** A TCP port of a workload, with everything that says what is spoken there. */
interface Candidate {
  readonly port: number;
  readonly words: readonly string[];
}

/** Words that say HTTP: names of ports, values of `appProtocol`. */
const SURE = /^(https?|http2|h2c|kubernetes\.io\/(h2c|ws))$/;
const LIKELY = /^(http|http2|h2c)-|-http$/;

/** The one port of a workload that is HTTP; several, or none, where nothing tells. */
export function httpPorts(front: Front): readonly number[] {
  const candidates = candidatesOf(front);
  const those = [candidates, matching(candidates, SURE), matching(candidates, LIKELY)];
  const [only] = those.find(({ length }) => length === 1) ?? [];
  return only === undefined ? candidates.map(({ port }) => port) : [only.port];
}

function matching(candidates: readonly Candidate[], word: RegExp): readonly Candidate[] {
  return candidates.filter(({ words }) => words.some((said) => word.test(said)));
}

/** The ports of the Service that speaks, else of every Service in front, else those of the containers. */
function candidatesOf({ workload, services, named }: Front): readonly Candidate[] {
  const words = new Map<number, string[]>();
  const entries = (named === undefined ? services : [named]).flatMap(({ ports }) => ports);
  for (const entry of entries.filter(({ protocol }) => protocol === 'TCP')) {
    for (const { port } of targetPorts(entry, workload)) {
      const said = [entry.appProtocol, entry.name].filter((word) => word !== undefined);
      words.set(port, [...(words.get(port) ?? []), ...said]);
    }
  }
  const isFronted = words.size > 0 || named !== undefined;
  for (const { port, name, protocol } of workload.ports) {
    if (protocol !== 'TCP' || (isFronted && !words.has(port))) continue;
    words.set(port, [...(words.get(port) ?? []), ...(name === undefined ? [] : [name])]);
  }
  return [...words].map(([port, said]) => ({ port, words: said })).sort((a, b) => a.port - b.port);
}

/** `8080 (http)`, as messages list the ports of a workload. */
export function portText(port: number, { ports }: Workload): string {
  const name = ports.find((one) => one.port === port)?.name;
  return name === undefined ? `${port}` : `${port} (${name})`;
}
