import type { Item, ListDeclaration } from '../model/declaration.ts';
import type { Direction } from '../model/direction.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import type { RulePeer } from '../policy/peer.ts';
import { allow, type RuleSet } from '../policy/rule-set.ts';
import type { ObjectPeer, ResolvedPeer } from './resolved.ts';
import type { Subject } from './subject.ts';

/** Both directions' rules of one subject. */
export type BothRules = Readonly<Record<Direction, RuleSet>>;

/** One item that names an object, with the ports of each pair: an ask of `allow-to`, a grant of `allow-from`. */
export interface Spoken {
  readonly subject: Subject;
  readonly list: ListDeclaration;
  readonly item: Item;
  readonly peer: ObjectPeer;
  /** Ports by the workload that listens: the peer's for an ask, the subject's for a grant. */
  readonly ports: ReadonlyMap<Workload, PortSet>;
  /** Whether the item says its ports, so that each of them must be open. */
  readonly portsWritten: boolean;
  /** An ask whose word was enough for every door that it needs. */
  readonly opensDoors: boolean;
}

/** One item that names a set; it speaks for its own side only. */
export interface SpokenSet {
  readonly subject: Subject;
  readonly list: ListDeclaration;
  readonly item: Item;
  readonly peer: ResolvedPeer;
  /** Ports of every member. */
  readonly ports: PortSet;
  /** What those members have beside them of which a name or a Service's number means something of their own. */
  readonly perWorkload: ReadonlyMap<Workload, PortSet>;
}

/** The rules that the declarations make, before they are merged and written, and what remains to be judged. */
export interface Connections {
  readonly workloads: Map<Workload, BothRules>;
  /** Rules for every pod of a namespace. */
  readonly namespaces: Map<string, BothRules>;
  readonly asks: Spoken[];
  readonly grants: Spoken[];
  readonly setAsks: SpokenSet[];
  readonly setGrants: Omit<SpokenSet, 'ports' | 'perWorkload'>[];
  /** Workloads with an item in their own list that could not be read: their doors are not judged before it is mended. */
  readonly unread: Set<Workload>;
}

/** Nothing allowed yet. */
export function noConnections(): Connections {
  const rules = { workloads: new Map(), namespaces: new Map() };
  return { ...rules, asks: [], grants: [], setAsks: [], setGrants: [], unread: new Set() };
}

/** The rules of a workload or a namespace, made on first use. */
export function rulesFor<Key>(all: Map<Key, BothRules>, key: Key): BothRules {
  const known = all.get(key);
  if (known !== undefined) return known;
  const rules: BothRules = { Ingress: new Map(), Egress: new Map() };
  all.set(key, rules);
  return rules;
}

/** Allows a peer on one side of a connection. An undefined peer cannot be named by any selector. */
export function allowAt<Key>(
  all: Map<Key, BothRules>,
  key: Key,
  direction: Direction,
  peer: RulePeer | undefined,
  ports: PortSet,
  origins: readonly string[],
): void {
  if (peer !== undefined) allow(rulesFor(all, key)[direction], peer, ports, origins);
}
