import type { EndAnswer, Explanation } from '../../model/explanation.ts';
import { fullPortWords } from '../port-text.ts';
import { peerText, writtenPortsText } from '../rule-text.ts';

/** An explanation for programs. Rules are counted from 1, as in the text. */
export function printExplanationJson({ source, destination, outcome, answers }: Explanation): string {
  const value = {
    source,
    destination,
    outcome,
    answers: answers.map(({ sources, destinations, asked, open, outcome: own, egress, ingress }) => ({
      sources,
      destinations,
      ...(asked === undefined ? {} : { asked: fullPortWords(asked) }),
      open: fullPortWords(open),
      outcome: own,
      egress: endValue(egress),
      ingress: endValue(ingress),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function endValue({ object, place, free, isolatedBy, rules, open, outcome, advice }: EndAnswer): unknown {
  return {
    ...(object === undefined ? {} : { object, place }),
    outcome,
    open: fullPortWords(open),
    ...(free === undefined ? {} : { free }),
    isolatedBy,
    rules: rules.map(({ policy, rule, peers, written, ports, opens, origins }) => ({
      policy,
      rule: rule + 1,
      peers: peers.map(peerText),
      written: writtenPortsText(written),
      ports: fullPortWords(ports),
      opens,
      ...(origins.length === 0 ? {} : { origins }),
    })),
    ...(advice === undefined ? {} : { toOpen: advice }),
  };
}
