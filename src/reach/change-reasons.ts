import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import { PROVENANCE } from '../model/mark.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { covers, intersect, isEmpty } from '../policy/port-set.ts';
import { kindOfPolicy } from '../policy/subjects-of.ts';
import type { PolicyIndex } from './index-policies.ts';
import { matchingRules, type End as PolicyEnd } from './matching-rules.ts';

/** A pair of ends in one build. */
export interface Pair {
  readonly index: PolicyIndex;
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A pair whose connections changed on some ports: the build that has them, and the other, where both ends are in it. */
export interface ChangedPair {
  readonly has: Pair;
  readonly lacks: Pair | undefined;
  readonly ports: PortSet;
}

/** What makes the difference at one end. */
export type Reason =
  /** What stands behind a rule that one build has alone. */
  | { readonly kind: 'policy'; readonly policy: string; readonly declarations: readonly string[] }
  /** The build that has the connections does not isolate this end, for egress the source. */
  | { readonly kind: 'open'; readonly direction: Direction };

/** What makes the difference, first at the source. */
export function reasonsOf(changed: ChangedPair): readonly Reason[] {
  return DIRECTIONS.toReversed().flatMap((direction) => reasonsAt(direction, changed));
}

function reasonsAt(direction: Direction, { has, lacks, ports }: ChangedPair): readonly Reason[] {
  const open = matchingRules(has.index, direction, has.source, has.destination);
  const closed = lacks && matchingRules(lacks.index, direction, lacks.source, lacks.destination);
  if (closed !== undefined && covers(closed.open, ports)) return [];
  const denials = closed === undefined ? [] : policiesThatDeny(closed, ports, open);
  if (denials.length > 0) return denials;
  if (open.isolatedBy.length === 0) return [{ kind: 'open', direction }];
  return policiesBehind(open, ports, closed?.isolatedBy ?? []);
}

/** Policies of the build that lacks the connections whose rules deny them, where the other build's do not. */
function policiesThatDeny({ rules }: PolicyEnd, ports: PortSet, open: PolicyEnd): readonly Reason[] {
  const denying = ({ rules: own }: Pick<PolicyEnd, 'rules'>): readonly NetworkPolicy[] =>
    own.flatMap(({ action, decides, policy }) =>
      action === 'deny' && !isEmpty(intersect(decides, ports)) ? [policy] : [],
    );
  const known = new Set(denying(open).map(nameOf));
  return [...new Set(denying({ rules }))]
    .filter((policy) => !known.has(nameOf(policy)))
    .map((policy) => ({ kind: 'policy', policy: `${nameOf(policy)} denies`, declarations: [] }));
}

/** The policies whose rules allow these ports, with their declarations; of one that both builds have, those that only this one has. */
function policiesBehind({ rules }: PolicyEnd, ports: PortSet, others: readonly NetworkPolicy[]): readonly Reason[] {
  const allowing = rules
    .filter(({ action, decides }) => action === 'allow' && !isEmpty(intersect(decides, ports)))
    .map(({ policy }) => policy);
  return [...new Set(allowing)].map((policy) => {
    const known = new Set(others.filter((other) => nameOf(other) === nameOf(policy)).flatMap(declarationsOf));
    const declarations = declarationsOf(policy).filter((line) => !known.has(line));
    return { kind: 'policy', policy: nameOf(policy), declarations };
  });
}

function declarationsOf({ resource }: NetworkPolicy): readonly string[] {
  const lines = resource?.annotations[PROVENANCE]?.split('\n') ?? [];
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function nameOf(policy: NetworkPolicy): string {
  return [kindOfPolicy(policy), policy.namespace, policy.name].filter((word) => word !== '').join('/');
}
