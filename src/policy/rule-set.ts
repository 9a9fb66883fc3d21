import type { PortSet } from '../model/port.ts';
import { peerKey, type RulePeer } from './peer.ts';
import { isEmpty, union } from './port-set.ts';

/** What one peer may do, and who said so; `allow` adds to it. */
export interface Grant {
  readonly peer: RulePeer;
  ports: PortSet;
  /** Declarations, as provenance prints them. */
  origins: readonly string[];
}

/** The rules of one subject in one direction while they are collected: one grant for each peer. */
export type RuleSet = Map<string, Grant>;

/** Allows a peer on some ports, on top of what it may do already. No ports: nothing changes. */
export function allow(rules: RuleSet, peer: RulePeer, ports: PortSet, origins: readonly string[]): void {
  if (isEmpty(ports)) return;
  const key = peerKey(peer);
  const known = rules.get(key);
  if (known === undefined) {
    rules.set(key, { peer, ports, origins });
    return;
  }
  if (known.ports !== ports) known.ports = union(known.ports, ports);
  // Most grants have one origin, which they share with what else its item says.
  const added = origins.filter((origin) => !known.origins.includes(origin));
  if (added.length > 0) known.origins = [...known.origins, ...added];
}

/** Allows everything that another set allows. */
export function allowAll(rules: RuleSet, others: RuleSet): void {
  for (const { peer, ports, origins } of others.values()) allow(rules, peer, ports, origins);
}

/** The ports on which a peer was allowed under exactly this name. */
export function portsOf(rules: RuleSet | undefined, peer: RulePeer): PortSet {
  return rules?.get(peerKey(peer))?.ports ?? [];
}
