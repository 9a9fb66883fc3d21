import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { EndAnswer, Outcome, PolicyWord, RuleWord } from '../model/explanation.ts';
import { PROVENANCE } from '../model/mark.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { covers, intersect, isEmpty } from '../policy/port-set.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { kindOfPolicy } from '../policy/subjects-of.ts';
import type { PolicyIndex } from '../reach/index-policies.ts';
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
  const { isolatedBy, rules, open } = matchingRules(index, direction, source.endpoint, destination.endpoint);
  const [workload] = end.workloads;
  return {
    direction,
    object: workload === undefined ? undefined : ownerName(workload),
    place: workload === undefined ? '' : placeText(workload.resource),
    free: rules.length > 0 ? undefined : freedom(end, isolatedBy),
    isolatedBy: isolatedBy.map(policyWord),
    rules: rules.flatMap(({ policy, rule: position, action, ports, decides }): RuleWord[] => {
      const rule = rulesOf(policy, direction)?.[position];
      if (rule === undefined) return [];
      return [
        {
          policy: policyWord(policy),
          rule: position,
          place: calledRule(rule, direction, position),
          action,
          peers: matchingPeers(index, policy, rule, other.endpoint),
          written: rule.ports,
          ports,
          only: rule.only ?? [],
          decides: !isEmpty(intersect(decides, asked ?? 'all')),
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
  if (kind === 'addresses' || kind === 'named') return 'address';
  if (kind === 'host') return 'host-network';
  return isolatedBy.length === 0 ? 'no-policy' : undefined;
}

/** A rule as explanations call it: `ingress rule 1`, `ingressDeny[0]`. */
export function calledRule({ path }: Rule, direction: Direction, position: number): string {
  return path?.replace(/^spec\./, '') ?? `${direction.toLowerCase()} rule ${position + 1}`;
}

/** A policy as explanations call it. */
export function policyWord(policy: NetworkPolicy): PolicyWord {
  const { name, namespace, resource } = policy;
  return {
    kind: kindOfPolicy(policy),
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
