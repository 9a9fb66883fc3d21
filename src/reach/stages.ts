import type { Direction } from '../model/direction.ts';
import { type Action, DEFAULT_TIER, type Foreign, type NetworkPolicy, type Rank } from '../model/network-policy.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { isPlain } from '../policy/subjects-of.ts';

/** Policies of one end that are asked together, before those of the next stage. */
export interface Stage {
  readonly policies: readonly NetworkPolicy[];
  /** Rules with another action are asked in another stage. */
  readonly asks: readonly Action[];
  /** `first`: the first rule that matches decides. `union`: the rules have one action, and add up. */
  readonly by: 'first' | 'union';
  /** What no rule of it decides is denied; else the next stage is asked, and after the last one it passes. */
  readonly closes: boolean;
}

/** Which APIs speak. A plain policy counts in each of them. */
export type Apis = ReadonlySet<Foreign['api']>;

/**
 * The policies of one end in the order in which each API asks them: Cilium's denials before everything that is allowed,
 * Calico's tiers and orders, the admin tier of the cluster before them and its baseline after them. Where both Cilium's
 * and Calico's policies are in the input, as in a migration, a connection must pass by each of them.
 */
export function layersOf(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  apis: Apis,
): readonly (readonly Stage[])[] {
  const cluster = stagesInOrder(
    policies.filter(({ foreign }) => foreign?.api === 'cluster'),
    direction,
  );
  const [admin, baseline] = [cluster.filter(isAdmin), cluster.filter((stage) => !isAdmin(stage))];
  const around = (stages: readonly Stage[]): readonly Stage[] => [...admin, ...stages, ...baseline];
  const layers = [
    ...(apis.has('cilium') ? [around(ciliumStages(policies, direction))] : []),
    ...(apis.has('calico') ? [around(calicoStages(policies, direction))] : []),
  ];
  return layers.length > 0 ? layers : [around([unionStage(policies.filter(isPlain), direction)])];
}

/**
 * The policies that close an end to what nothing allows. A tier in which everything that is left passes on closes
 * nothing.
 */
export function closing(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  apis: Apis,
): readonly NetworkPolicy[] {
  const closers = new Set(
    layersOf(policies, direction, apis)
      .flat()
      .filter((stage) => isLast(stage, direction))
      .flatMap((stage) => stage.policies.filter((policy) => closes(policy, direction))),
  );
  return policies.filter((policy) => closers.has(policy));
}

/**
 * The policies that are asked before an end is closed to what nothing allows: what any of them allows is open, whether
 * or not it closes anything itself. None where nothing closes the end.
 */
export function heard(policies: readonly NetworkPolicy[], direction: Direction, apis: Apis): readonly NetworkPolicy[] {
  const asked = new Set(
    layersOf(policies, direction, apis)
      .flatMap((stages) => stages.slice(0, stages.findIndex((stage) => isLast(stage, direction)) + 1))
      .flatMap((stage) => stage.policies),
  );
  return policies.filter((policy) => asked.has(policy));
}

/** Whether what no rule of a stage decides is denied there. */
function isLast(stage: Stage, direction: Direction): boolean {
  return stage.closes && !passesAll(stage, direction);
}

function passesAll({ policies, by }: Stage, direction: Direction): boolean {
  if (by === 'union') return false;
  const rules = policies.flatMap((policy) => rulesOf(policy, direction) ?? []);
  return rules.find(({ peers, ports }) => peers === 'all' && ports === 'all')?.action === 'pass';
}

function ciliumStages(policies: readonly NetworkPolicy[], direction: Direction): readonly Stage[] {
  const own = policies.filter(({ foreign }) => foreign?.api === 'cilium');
  const all = policies.filter((policy) => isPlain(policy) || policy.foreign?.api === 'cilium');
  const allowing = direction === 'Ingress' ? [...all, OWN_NODE] : all;
  return [{ policies: own, asks: ['deny'], by: 'union', closes: false }, unionStage(allowing, direction)];
}

/** Cilium lets the connections of a node to its own pods in, such as probes, unless a rule denies them. */
const OWN_NODE: NetworkPolicy = {
  name: 'itself',
  namespace: '',
  podSelector: [],
  ingress: [{ peers: [{ kind: 'entity', entity: 'host' }], ports: 'all', path: 'always' }],
  egress: undefined,
  foreign: { api: 'cilium', kind: 'Cilium', subjects: [], closes: [] },
};

function unionStage(policies: readonly NetworkPolicy[], direction: Direction): Stage {
  return { policies, asks: ['allow'], by: 'union', closes: policies.some((policy) => closes(policy, direction)) };
}

function calicoStages(policies: readonly NetworkPolicy[], direction: Direction): readonly Stage[] {
  return stagesInOrder(
    policies.filter((policy) => isPlain(policy) || policy.foreign?.api === 'calico'),
    direction,
  );
}

/** One stage for each tier. */
function stagesInOrder(policies: readonly NetworkPolicy[], direction: Direction): readonly Stage[] {
  const ranked = policies.map((policy) => ({ policy, rank: policy.foreign?.rank ?? PLAIN }));
  const sorted = ranked.sort(
    (a, b) =>
      a.rank.order - b.rank.order ||
      compare(a.rank.tier, b.rank.tier) ||
      a.rank.policy - b.rank.policy ||
      compare(nameOf(a.policy), nameOf(b.policy)),
  );
  const tiers = new Map<string, NetworkPolicy[]>();
  for (const { policy, rank } of sorted) {
    const known = tiers.get(rank.tier);
    if (known === undefined) tiers.set(rank.tier, [policy]);
    else known.push(policy);
  }
  return [...tiers.values()].map((own) => ({
    policies: own,
    asks: ['allow', 'deny', 'pass'],
    by: 'first',
    closes: own.some((policy) => closes(policy, direction)),
  }));
}

/** Where Calico puts plain policies. */
const PLAIN: Rank = { ...DEFAULT_TIER, policy: 1000 };

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Policies of one order are asked by their names; Calico prefixes those of plain ones. */
function nameOf({ foreign, name, namespace }: NetworkPolicy): string {
  return foreign === undefined ? `knp.default.${name}` : `${name} ${namespace}`;
}

function isAdmin({ policies: [first] }: Stage): boolean {
  return (first?.foreign?.rank?.order ?? 0) < DEFAULT_TIER.order;
}

function closes({ foreign }: NetworkPolicy, direction: Direction): boolean {
  return foreign === undefined || foreign.closes.includes(direction);
}
