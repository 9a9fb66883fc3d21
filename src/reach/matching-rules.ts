import type { Direction } from '../model/direction.ts';
import type { Endpoint, Witness } from '../model/flow.ts';
import type { Action, NetworkPolicy, Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { intersect, subtract, union, unionAll } from '../policy/port-set.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { concerning, type PolicyIndex } from './index-policies.ts';
import { matchesPeer } from './match-peer.ts';
import { portsAt } from './rule-ports.ts';
import { closing, layersOf, type Stage } from './stages.ts';
import { type Matched, type PortAlgebra, weigh } from './weigh.ts';

/** What the policies of one end say about another endpoint, on whatever port. */
export interface End {
  readonly isolatedBy: readonly NetworkPolicy[];
  /** Rules that have the endpoint among their peers. */
  readonly rules: readonly MatchingRule[];
  /** What passes at this end. */
  readonly open: PortSet;
}

export interface MatchingRule extends Witness {
  readonly action: Action;
  /** The destination's ports that it names. */
  readonly ports: PortSet;
  /** Those of them that it decides, since nothing that is asked before it has. */
  readonly decides: PortSet;
}

/** The rules that concern a pair of endpoints, at the destination (Ingress) or at the source (Egress). */
export function matchingRules(index: PolicyIndex, direction: Direction, source: Endpoint, destination: Endpoint): End {
  const [subject, peer] = direction === 'Ingress' ? [destination, source] : [source, destination];
  const policies = concerning(index, direction, subject);
  const portsOf = (policy: NetworkPolicy, rule: Rule): PortSet | undefined =>
    matchesPeer(index, policy, rule, peer) ? portsAt(rule, destination) : undefined;
  if (index.apis.size === 0) return addUp(policies, direction, portsOf);
  const layers = layersOf(policies, direction, index.apis).map((stages) => weighLayer(stages, direction, portsOf));
  const open = layers.reduce<PortSet>((left, layer) => intersect(left, layer.open), 'all');
  const rules = mergeLayers(layers.map((layer) => layer.rules));
  return { isolatedBy: closing(policies, direction, index.apis), rules: rules.map((rule) => within(rule, open)), open };
}

type PortsOf = (policy: NetworkPolicy, rule: Rule) => PortSet | undefined;

/** Plain policies only: rules add up. */
function addUp(policies: readonly NetworkPolicy[], direction: Direction, portsOf: PortsOf): End {
  const rules = policies.flatMap((policy) =>
    (rulesOf(policy, direction) ?? []).flatMap((rule, position): MatchingRule[] => {
      const ports = portsOf(policy, rule);
      return ports === undefined ? [] : [{ policy, rule: position, action: 'allow', ports, decides: ports }];
    }),
  );
  const open = policies.length === 0 ? 'all' : unionAll(rules.map(({ ports }) => ports));
  return { isolatedBy: policies, rules, open };
}

const PORT_SETS: PortAlgebra<PortSet> = { none: [], all: 'all', union, intersect, subtract };

function weighLayer(
  stages: readonly Stage[],
  direction: Direction,
  portsOf: PortsOf,
): { readonly rules: readonly MatchingRule[]; readonly open: PortSet } {
  const matched = stages.flatMap(({ policies, asks }, stage) =>
    policies.flatMap((policy) =>
      (rulesOf(policy, direction) ?? []).flatMap((rule, position): (Matched<PortSet> & Witness)[] => {
        const { action = 'allow' } = rule;
        const ports = asks.includes(action) ? portsOf(policy, rule) : undefined;
        return ports === undefined ? [] : [{ policy, rule: position, stage, action, ports }];
      }),
    ),
  );
  const rules: MatchingRule[] = [];
  const open = weigh(stages, matched, PORT_SETS, ({ policy, rule, action, ports }, decides) => {
    rules.push({ policy, rule, action, ports, decides });
  });
  return { rules, open };
}

/** What one API allows and another denies is decided by the other. */
function within(rule: MatchingRule, open: PortSet): MatchingRule {
  return rule.action === 'allow' ? { ...rule, decides: intersect(rule.decides, open) } : rule;
}

/** A plain policy counts in each layer, and opens what it opens in all of them. */
function mergeLayers(layers: readonly (readonly MatchingRule[])[]): readonly MatchingRule[] {
  const merged: MatchingRule[] = [];
  for (const rule of layers.flat()) {
    const at = merged.findIndex((other) => other.policy === rule.policy && other.rule === rule.rule);
    const known = merged[at];
    if (known === undefined) merged.push(rule);
    else merged[at] = { ...known, decides: intersect(known.decides, rule.decides) };
  }
  return merged;
}
