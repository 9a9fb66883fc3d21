import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { PortRange, PortSet } from '../../src/model/port.ts';
import { isEmpty } from '../../src/policy/port-set.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import type { End } from './ends.ts';
import type { Difference } from './reach-file.ts';

/** What one end may do to another, under the generated policies and under those that people wrote. */
export interface Row {
  readonly source: string;
  readonly destination: string;
  /** `all`, `-`, `5432` or `53/udp+53`. */
  readonly generated: string;
  /** undefined: nothing to compare with. */
  readonly handWritten: string | undefined;
  /** Why the two differ; undefined where they do not. */
  readonly difference: Difference | undefined;
}

/** Two sets of policies that are asked the same questions, and what is known of their differences. */
export interface Comparison {
  readonly generated: readonly NetworkPolicy[];
  readonly handWritten: readonly NetworkPolicy[] | undefined;
  readonly differences: readonly Difference[];
}

/**
 * Asks for every pair of ends, replicas of one workload included. Throws where a difference has no explanation or
 * several, and where an explanation explains nothing.
 */
export function reachRows(ends: readonly End[], { generated, handWritten, differences }: Comparison): readonly Row[] {
  const ports = portsUnder(generated);
  const handPorts = handWritten && portsUnder(handWritten);
  const rows = pairsOf(ends).map(([source, destination]) => {
    const row = { source: source.name, destination: destination.name, generated: ports(source, destination) };
    return explain({ ...row, handWritten: handPorts?.(source, destination), difference: undefined }, differences);
  });
  const idle = differences.filter((difference) => !rows.some((row) => row.difference === difference));
  if (idle.length > 0) throw new Error(`No pair differs as these explain: ${idle.map(({ name }) => name).join(', ')}`);
  return rows;
}

function pairsOf(ends: readonly End[]): readonly (readonly [End, End])[] {
  return ends.flatMap((destination) =>
    ends.filter((source) => !source.outside || !destination.outside).map((source) => [source, destination] as const),
  );
}

function portsUnder(policies: readonly NetworkPolicy[]): (source: End, destination: End) => string {
  const index = indexPolicies(policies);
  return (source, destination) => printPorts(allowedPorts(index, source.endpoint, destination.endpoint));
}

function explain(row: Row, differences: readonly Difference[]): Row {
  if (row.handWritten === undefined || row.generated === row.handWritten) return row;
  const found = differences.filter((difference) => explains(difference, row));
  if (found.length === 1) return { ...row, difference: found[0] };
  const which =
    found.length === 0 ? 'no explanation' : `several explanations (${found.map(({ name }) => name).join(', ')})`;
  throw new Error(
    `${row.source} -> ${row.destination}: generated ${row.generated}, hand-written ${row.handWritten}: ${which}`,
  );
}

function explains(difference: Difference, row: Row): boolean {
  return (
    matches(difference.source, row.source) &&
    matches(difference.destination, row.destination) &&
    (difference.generated ?? row.generated) === row.generated &&
    (difference.handWritten ?? row.handWritten) === row.handWritten
  );
}

function matches(patterns: string | readonly string[], name: string): boolean {
  return [patterns].flat().some((pattern) => toRegExp(pattern).test(name));
}

/** `*` is any text, everything else is itself. */
function toRegExp(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w\s]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function printPorts(ports: PortSet): string {
  if (ports === 'all') return 'all';
  return isEmpty(ports) ? '-' : ports.map(printRange).join('+');
}

function printRange({ protocol, port, endPort }: PortRange): string {
  const range = port === endPort ? `${port}` : `${port}-${endPort}`;
  return protocol === 'TCP' ? range : `${range}/${protocol.toLowerCase()}`;
}
