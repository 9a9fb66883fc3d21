import { gatherVoices } from '../infer/voice.ts';
import type { End } from '../model/end.ts';
import type { Answer, EndAnswer, Explanation, Outcome } from '../model/explanation.ts';
import type { Problem } from '../model/problem.ts';
import type { Observed } from '../observe.ts';
import { intersect } from '../policy/port-set.ts';
import { nameEnds } from '../reach/name-ends.ts';
import { advise } from './advise.ts';
import { askedPorts } from './asked-ports.ts';
import { explainEnd, outcomeOf } from './explain-end.ts';
import type { Side } from './side.ts';

/** More pairs than this are a table, not an explanation. */
const MOST_PAIRS = 10_000;

/** Explains every pair of the two sides, and puts those together that have the same answer. */
export function explainPairs(
  observed: Observed,
  source: Side,
  destination: Side,
  problems: Problem[],
): Explanation | undefined {
  if (source.ends.length * destination.ends.length > MOST_PAIRS) {
    const message = `must be fewer than ${MOST_PAIRS} pairs, got ${source.ends.length * destination.ends.length}: postern matrix shows them all`;
    problems.push({ code: 'usage', severity: 'error', message });
    return undefined;
  }
  const voices = gatherVoices(observed.cluster, observed.said, () => {});
  const pairs = destination.ends.flatMap((to) => {
    const asked = askedPorts(destination, to, observed, problems);
    return source.ends.map((from): Pair => {
      const egress = explainEnd(observed.map.index, 'Egress', from, to, asked);
      const ingress = explainEnd(observed.map.index, 'Ingress', from, to, asked);
      const closed = [egress, ingress].filter(({ outcome }) => outcome !== 'allowed').map(({ direction }) => direction);
      const pair = { observed, voices, source, destination, from, to, asked, closed };
      const withAdvice = (end: EndAnswer): EndAnswer =>
        end.outcome === 'allowed' ? end : { ...end, advice: liftDenial(end) ?? advise(end.direction, pair) };
      const open = intersect(egress.open, ingress.open);
      const outcome = outcomeOf(asked, open);
      return { from, to, answer: { asked, open, outcome, egress: withAdvice(egress), ingress: withAdvice(ingress) } };
    });
  });
  const answers = mergeAlike(pairs, observed);
  return { source: source.name, destination: destination.name, outcome: worst(answers), answers };
}

/** What a rule denies no list can open. */
function liftDenial({ rules }: EndAnswer): string | undefined {
  const denials = rules.filter(({ action, decides }) => action === 'deny' && decides);
  if (denials.length === 0) return undefined;
  const places = denials.map(({ policy, place }) => `${place} of ${policy.kind} ${policy.name}`);
  return `change ${[...new Set(places)].join(' and ')}: no list opens what a rule denies`;
}

interface Pair {
  readonly from: End;
  readonly to: End;
  readonly answer: Omit<Answer, 'sources' | 'destinations'>;
}

/** Addresses that the policies treat alike are one outside; workloads are told one by one. */
function mergeAlike(pairs: readonly Pair[], { ends, addresses }: Observed): readonly Answer[] {
  const groups = new Map<string, { from: Set<End>; to: Set<End>; answer: Pair['answer'] }>();
  for (const { from, to, answer } of pairs) {
    const key = JSON.stringify([
      from.kind === 'addresses' ? '' : from.name,
      to.kind === 'addresses' ? '' : to.name,
      answer,
    ]);
    const group = groups.get(key) ?? { from: new Set(), to: new Set(), answer };
    groups.set(key, group);
    group.from.add(from);
    group.to.add(to);
  }
  const known = new Set(ends);
  const name = nameEnds(ends, addresses);
  const namesOf = (found: ReadonlySet<End>): readonly string[] =>
    [...found].every((end) => known.has(end)) ? name(found) : [...found].map((end) => end.name);
  return [...groups.values()].map(({ from, to, answer }) => ({
    sources: namesOf(from),
    destinations: namesOf(to),
    ...answer,
  }));
}

function worst(answers: readonly Answer[]): Outcome {
  const outcomes = new Set(answers.map(({ outcome }) => outcome));
  const [only = 'denied'] = outcomes;
  return outcomes.size === 1 ? only : 'partly';
}
