import type { Direction } from '../model/direction.ts';
import type { EndVerdict, Flow, Verdict } from '../model/flow.ts';
import { hasPort } from '../policy/port-set.ts';
import type { PolicyIndex } from './index-policies.ts';
import { matchingRules } from './matching-rules.ts';

/** Whether a connection passes both of its ends, and which policies and rules say so. */
export function judge(index: PolicyIndex, flow: Flow): Verdict {
  const egress = judgeEnd(index, 'Egress', flow);
  const ingress = judgeEnd(index, 'Ingress', flow);
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}

/** What one end says: for Ingress the destination, for Egress the source. An end that nothing isolates lets all pass. */
export function judgeEnd(index: PolicyIndex, direction: Direction, flow: Flow): EndVerdict {
  const { isolatedBy, rules, open } = matchingRules(index, direction, flow.source, flow.destination);
  const allowedBy = rules
    .filter(({ action, decides }) => action === 'allow' && hasPort(decides, flow.protocol, flow.port))
    .map(({ policy, rule }) => ({ policy, rule }));
  return { isolatedBy, allowedBy, allowed: hasPort(open, flow.protocol, flow.port) };
}
