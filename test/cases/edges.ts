import type { Direction } from '../../src/model/direction.ts';
import type { Requirement } from '../../src/model/label-selector.ts';
import type { PortSet } from '../../src/model/port.ts';
import { union } from '../../src/policy/port-set.ts';
import { readPorts } from './port-list.ts';

/** What an edges.txt says: who reaches whom, and which ends are closed. Workloads are `namespace/Kind/name`. */
export interface Edges {
  readonly isolation: ReadonlyMap<string, Readonly<Record<Direction, boolean>>>;
  readonly pairs: readonly Pair[];
  readonly outside: readonly Outside[];
  /** Whether the table also speaks of peers outside the input, DNS among them; one that was worked out by hand does not. */
  readonly saysOutside: boolean;
}

/** A connection between two workloads. `closed` lists the ends that a policy isolates. */
export interface Pair {
  readonly source: string;
  readonly destination: string;
  readonly allowed: PortSet;
  /** `allowed` on the ports that the destination declares. */
  readonly listening: PortSet;
  readonly closed: readonly Direction[];
}

/** A connection between a workload and somebody who is not in the input. */
export interface Outside {
  readonly workload: string;
  readonly direction: Direction;
  readonly peer: OutsidePeer;
  readonly allowed: PortSet;
}

export type OutsidePeer =
  | { readonly kind: 'any' }
  | { readonly kind: 'cidr'; readonly cidr: string; readonly except: readonly string[] }
  /** `namespaces` undefined: the workload's own. */
  | {
      readonly kind: 'pods';
      readonly namespaces: readonly Requirement[] | undefined;
      readonly pods: readonly Requirement[];
    };

/** Reads the table that a script derived from hand-written policies. */
export function readEdges(text: string): Edges {
  const rows = text.split('\n').filter((line) => !line.startsWith('#') && line.includes('\t'));
  const connections = rows.map((row) => row.split('\t')).filter((columns) => columns.length === 5);
  const isPair = (columns: readonly string[]): boolean => isWorkload(columns[0]) && isWorkload(columns[1]);
  return {
    isolation: readIsolation(text),
    pairs: connections.filter(isPair).map(toPair),
    outside: mergeSamePeers(connections.filter((columns) => !isPair(columns) && !isInside(columns)).map(toOutside)),
    saysOutside: true,
  };
}

/**
 * Reads a table that was worked out by hand from what applications connect to: bare names and one port a line.
 * Everything that is not listed is closed, at both ends.
 */
export function readIntendedEdges(text: string, workloads: readonly string[]): Edges {
  const find = (name: string | undefined): string => {
    const found = workloads.find((id) => id.endsWith(`/${name}`));
    if (found === undefined) throw new Error(`edges.txt names ${name}, which the input lacks`);
    return found;
  };
  const rows = text.split('\n').filter((line) => !line.startsWith('#') && line.includes('\t'));
  return {
    isolation: new Map(workloads.map((id) => [id, { Ingress: true, Egress: true }])),
    pairs: rows.map((row) => {
      const [source, destination, port] = row.split('\t');
      const allowed = readPorts(port);
      return {
        source: find(source),
        destination: find(destination),
        allowed,
        listening: allowed,
        closed: ['Ingress', 'Egress'],
      };
    }),
    outside: [],
    saysOutside: false,
  };
}

/** Whether the table is one of intended connections. */
export function isIntended(text: string): boolean {
  return /^# SOURCE\tDESTINATION\tPORT\t/m.test(text);
}

const ISOLATION = /^# {3}(\S+\/\S+\/\S+?)(?: \[.*?\])?: (.*) \| (.*)$/;

function readIsolation(text: string): Edges['isolation'] {
  const isolation = new Map<string, Record<Direction, boolean>>();
  for (const line of text.split('\n')) {
    const [, workload, ingress, egress] = ISOLATION.exec(line) ?? [];
    if (workload === undefined) continue;
    isolation.set(workload, { Ingress: ingress !== 'NOT ISOLATED', Egress: egress !== 'NOT ISOLATED' });
  }
  return isolation;
}

function isWorkload(text: string | undefined): boolean {
  return text !== undefined && !text.includes('{') && text.split('/').length === 3;
}

/** A peer with labels that select workloads of the input: the pairs say it already, by name. */
function isInside(columns: readonly string[]): boolean {
  return columns.some((column) => column.endsWith(' (also matches workloads above)') && !column.includes('pod: {}'));
}

function toPair(columns: readonly string[]): Pair {
  const [source = '', destination = '', allowed, listening, basis] = columns;
  const closed: readonly Direction[] =
    basis === 'both' ? ['Ingress', 'Egress'] : basis === 'ingress' ? ['Ingress'] : ['Egress'];
  return { source, destination, allowed: readPorts(allowed), listening: readPorts(listening), closed };
}

function toOutside(columns: readonly string[]): Outside {
  const [source = '', destination = '', allowed] = columns;
  const direction = isWorkload(source) ? 'Egress' : 'Ingress';
  const [workload, peer] = direction === 'Egress' ? [source, destination] : [destination, source];
  return { workload, direction, peer: readPeer(peer), allowed: readPorts(allowed) };
}

const PODS = /^peer\{ns: (.*?); pod: (.*?)\}(?: \(also .*\))?$/;
const CIDR = /^ip\{(\S+)(?: except (\S+))?\}$/;

function readPeer(text: string): OutsidePeer {
  if (text === 'ANY') return { kind: 'any' };
  const [, cidr, except] = CIDR.exec(text) ?? [];
  if (cidr !== undefined) return { kind: 'cidr', cidr, except: except === undefined ? [] : except.split(',') };
  const [, namespaces, pods] = PODS.exec(text) ?? [];
  if (namespaces === undefined || pods === undefined) throw new Error(`edges.txt has the unknown peer ${text}`);
  return {
    kind: 'pods',
    namespaces: namespaces.startsWith('same(') ? undefined : readSelector(namespaces),
    pods: readSelector(pods),
  };
}

function readSelector(text: string): readonly Requirement[] {
  return text === '{}' ? [] : text.split(' & ').map(readRequirement);
}

function readRequirement(text: string): Requirement {
  const [key = '', operator, values = ''] = text.split(' ');
  switch (operator) {
    case undefined: {
      const [label = '', value = ''] = text.split('=');
      return { key: label, operator: 'In', values: [value] };
    }
    case 'In':
    case 'NotIn':
      return { key, operator, values: values.split(',') };
    case 'Exists':
    case 'DoesNotExist':
      return { key, operator, values: [] };
    default:
      throw new Error(`edges.txt has the unknown requirement ${text}`);
  }
}

/** Several rules for one peer add up. */
function mergeSamePeers(rows: readonly Outside[]): readonly Outside[] {
  const merged = new Map<string, Outside>();
  for (const row of rows) {
    const key = JSON.stringify([row.workload, row.direction, row.peer]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? row : { ...row, allowed: union(known.allowed, row.allowed) });
  }
  return [...merged.values()];
}
