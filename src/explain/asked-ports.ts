import { defaultPorts, frontOf, readPortTerm, writtenPorts } from '../infer/target-ports.ts';
import type { PortTerm } from '../model/declaration.ts';
import type { End } from '../model/end.ts';
import { nearest } from '../model/nearest.ts';
import type { PortSet } from '../model/port.ts';
import type { Problem } from '../model/problem.ts';
import type { Observed } from '../observe.ts';
import { isEmpty, unionAll } from '../policy/port-set.ts';
import type { Side } from './side.ts';

/**
 * The ports of one end of the destination that a question is about, as a list's item would mean them: a Service's
 * numbers and names are translated to those of the pods. undefined where none are written and none are declared.
 */
export function askedPorts(
  { ports, service, object }: Side,
  end: End,
  observed: Observed,
  problems: Problem[],
): PortSet | undefined {
  const [workload] = end.workloads;
  if (workload === undefined || (object === undefined && ports === undefined)) {
    return ports && unionAll(ports.map((term) => writtenPorts(term) ?? unknownPort(term, [], end, problems)));
  }
  const front = frontOf(workload, service, observed.cluster);
  if (ports === undefined) {
    const declared = defaultPorts(front);
    return isEmpty(declared) ? undefined : declared;
  }
  return unionAll(
    ports.map((term) => {
      const reading = readPortTerm(term, front);
      return reading.kind === 'unknown' ? unknownPort(term, reading.known, end, problems) : reading.ports;
    }),
  );
}

function unknownPort(term: PortTerm, known: readonly string[], { name: end }: End, problems: Problem[]): PortSet {
  const name = term.kind === 'name' ? term.name : '';
  const near = nearest(name, known);
  const list = known.length === 0 ? 'its ports have no names here' : `its ports are called ${known.join(', ')}`;
  const hint = near === undefined ? `; ${list}` : ` (did you mean "${near}"?)`;
  const message = `must be a port of ${end}, got "${name}"${hint}`;
  problems.push({ code: 'unknown-end', severity: 'error', message, got: name });
  return [];
}
