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
    rules: rules.map((word) => ({
      policy: word.policy,
      rule: word.rule + 1,
      ...(word.place.includes(' rule ') ? {} : { at: word.place }),
      ...(word.action === 'allow' ? {} : { action: word.action }),
      peers: word.peers.map(peerText),
      written: writtenPortsText(word.written),
      ports: fullPortWords(word.ports),
      ...(word.only.length === 0 ? {} : { only: word.only }),
      [word.action === 'allow' ? 'opens' : 'decides']: word.decides,
      ...(word.origins.length === 0 ? {} : { origins: word.origins }),
    })),
    ...(advice === undefined ? {} : { toOpen: advice }),
  };
}
