import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { EndAnswer, Outcome, PolicyWord, RuleWord } from '../model/explanation.ts';
import { PROVENANCE } from '../model/mark.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { covers, intersect, isEmpty, unionAll } from '../policy/port-set.ts';
import { type PolicyIndex, rulesOf } from '../reach/index-policies.ts';
import { matchingPeers } from '../reach/match-peer.ts';
import { matchingRules } from '../reach/matching-rules.ts';
import { ownerName } from './owner-name.ts';
import { placeText } from './place-text.ts';

/** What the policies of one end of a pair say, without advice. */
export function explainEnd(
  index: PolicyIndex,
  direction: Direction,
  source: End,
  destination: End,
  asked: PortSet | undefined,
): EndAnswer {
  const [end, other] = direction === 'Ingress' ? [destination, source] : [source, destination];
  const { isolatedBy, rules } = matchingRules(index, direction, source.endpoint, destination.endpoint);
  const open: PortSet = isolatedBy.length === 0 ? 'all' : unionAll(rules.map(({ ports }) => ports));
  const [workload] = end.workloads;
  return {
    direction,
    object: workload === undefined ? undefined : ownerName(workload),
    place: workload === undefined ? '' : placeText(workload.resource),
    free: freedom(end, isolatedBy),
    isolatedBy: isolatedBy.map(policyWord),
    rules: rules.flatMap(({ policy, rule: position, ports }): RuleWord[] => {
      const rule = rulesOf(policy, direction)?.[position];
      if (rule === undefined) return [];
      return [
        {
          policy: policyWord(policy),
          rule: position,
          peers: matchingPeers(index, policy, rule, other.endpoint),
          written: rule.ports,
          ports,
          opens: !isEmpty(intersect(ports, asked ?? 'all')),
          origins: originsOf(policy, other),
        },
      ];
    }),
    open,
    outcome: outcomeOf(asked, open),
    advice: undefined,
  };
}

/** How much of what was asked is open; any port will do where nothing was. */
export function outcomeOf(asked: PortSet | undefined, open: PortSet): Outcome {
  if (asked === undefined) return isEmpty(open) ? 'denied' : 'allowed';
  if (covers(open, asked)) return 'allowed';
  return isEmpty(intersect(open, asked)) ? 'denied' : 'partly';
}

function freedom({ kind }: End, isolatedBy: readonly NetworkPolicy[]): EndAnswer['free'] {
  if (kind === 'addresses') return 'address';
  if (kind === 'host') return 'host-network';
  return isolatedBy.length === 0 ? 'no-policy' : undefined;
}

/** A policy as explanations call it. */
export function policyWord({ name, namespace, resource }: NetworkPolicy): PolicyWord {
  return {
    name: namespace === '' ? name : `${namespace}/${name}`,
    place: resource === undefined ? '' : placeText(resource),
  };
}

/** The declarations that speak of the other end; all of them where there are few. */
function originsOf({ resource }: NetworkPolicy, other: End): readonly string[] {
  const lines = (resource?.annotations[PROVENANCE] ?? '').split('\n').filter((line) => line !== '');
  const names = other.workloads.map((workload) => workload.resource.name);
  const speaking = lines.filter((line) => names.some((name) => wordsOf(line).includes(name)));
  return speaking.length > 0 ? speaking : lines.length <= 2 ? lines : [];
}

function wordsOf(line: string): readonly string[] {
  return line.split(/[\s/:,]+/);
}
