import type { Direction } from '../model/direction.ts';
import type { Endpoint, Witness } from '../model/flow.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { type PolicyIndex, rulesOf, selecting } from './index-policies.ts';
import { matchesPeer } from './match-peer.ts';
import { portsOfRule } from './rule-ports.ts';

/** What the policies of one end say about another endpoint, on whatever port. */
export interface End {
  readonly isolatedBy: readonly NetworkPolicy[];
  /** Rules that have the endpoint among their peers, and the destination's ports that each of them names. */
  readonly rules: readonly (Witness & { readonly ports: PortSet })[];
}

/** The rules that concern a pair of endpoints, at the destination (Ingress) or at the source (Egress). */
export function matchingRules(index: PolicyIndex, direction: Direction, source: Endpoint, destination: Endpoint): End {
  const [subject, peer] = direction === 'Ingress' ? [destination, source] : [source, destination];
  const isolatedBy = selecting(index, direction, subject);
  const rules = isolatedBy.flatMap((policy) =>
    (rulesOf(policy, direction) ?? []).flatMap((rule, position) =>
      matchesPeer(index, policy, rule, peer) ? [{ policy, rule: position, ports: portsOfRule(rule, destination) }] : [],
    ),
  );
  return { isolatedBy, rules };
}
