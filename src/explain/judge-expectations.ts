import type { Expectation } from '../model/expectation.ts';
import type { Answer, EndAnswer, Explanation, PolicyWord } from '../model/explanation.ts';
import type { Problem } from '../model/problem.ts';
import type { Observed } from '../observe.ts';
import { explainPairs } from './explain-pairs.ts';
import { sidesOfExpectation } from './sides-of-expectation.ts';

/** How what an object of a finished build cannot name any more is to be taken. */
export interface Judging {
  readonly observed: Observed;
  readonly report: (problem: Problem) => void;
  /** Of an annotation's name that is not found. */
  readonly unknownName: 'error' | 'warning';
}

/** Reports every expectation that the policies do not meet, with what decided. */
export function judgeExpectations(expectations: readonly Expectation[], judging: Judging): void {
  for (const expectation of expectations) judgeExpectation(expectation, judging);
}

function judgeExpectation(expectation: Expectation, { observed, report, unknownName }: Judging): void {
  const { place, text, subject, wants } = expectation;
  const problems: Problem[] = [];
  const explanation = explainExpectation(expectation, observed, problems);
  for (const problem of problems) {
    const message = `${problem.message} (in "${text}")`;
    if (subject === undefined || unknownName === 'error') report({ ...problem, ...place, message, got: text });
    else report({ ...place, code: 'unjudged-expectation', severity: 'warning', message, got: text });
  }
  if (explanation === undefined || problems.length > 0) return;
  const broken = explanation.answers.find(({ outcome }) => outcome !== wants);
  if (broken === undefined) return;
  const got = broken.outcome === 'partly' ? 'allowed in part' : broken.outcome;
  const why = wants === 'allowed' ? whyClosed(broken) : whyOpen(broken);
  const message = `must be ${wants}, got ${got}: "${text}"; ${why}`;
  report({ ...place, code: 'broken-expectation', severity: 'error', message, got: text });
}

function explainExpectation(
  expectation: Expectation,
  observed: Observed,
  problems: Problem[],
): Explanation | undefined {
  const sides = sidesOfExpectation(expectation, observed, problems);
  return sides && explainPairs(observed, sides.source, sides.destination, problems);
}

/** The end that is closed, by what, and how to open it. */
function whyClosed({ egress, ingress, sources, destinations }: Answer): string {
  const closed = [egress, ingress].filter(({ outcome }) => outcome !== 'allowed');
  return closed
    .map((end) => {
      const denying = end.rules.filter(({ action, decides }) => action === 'deny' && decides);
      const policies = denying.length > 0 ? denying.map(({ policy }) => policy) : end.isolatedBy;
      const names = policyNames(policies);
      const advice = end.advice === undefined ? '' : `: ${end.advice}`;
      return `${wayOf(end)} of ${nameOf(end, sources, destinations)} is closed by ${names}${advice}`;
    })
    .join('; ');
}

/** For both ends, what lets it pass. */
function whyOpen({ egress, ingress, sources, destinations }: Answer): string {
  return [egress, ingress]
    .filter(({ free }) => free !== 'address')
    .map((end) => {
      const name = nameOf(end, sources, destinations);
      if (end.free !== undefined) return `${wayOf(end)} of ${name} is ${FREEDOMS[end.free]}`;
      const rules = end.rules.filter(({ action, decides }) => action === 'allow' && decides);
      if (rules.length === 0) return `${wayOf(end)} of ${name} is left open by the rules that are about it`;
      const words = rules.map(({ policy, rule, place, origins }) => {
        const said = origins.length === 0 ? '' : ` (${origins.join(', ')})`;
        return `${policyName(policy)}, ${place.includes('rule') ? `rule ${rule + 1}` : place}${said}`;
      });
      return `${wayOf(end)} of ${name} is opened by ${[...new Set(words)].join(' and ')}`;
    })
    .join('; ');
}

/** Each kind once, before the first of its policies. */
function policyNames(policies: readonly PolicyWord[]): string {
  const words = policies.map(({ kind, name }, at) => (policies[at - 1]?.kind === kind ? name : `${kind} ${name}`));
  return [...new Set(words)].join(' and ');
}

function policyName({ kind, name }: PolicyWord): string {
  return `${kind} ${name}`;
}

const FREEDOMS: Readonly<Record<NonNullable<EndAnswer['free']>, string>> = {
  'no-policy': 'isolated by no policy',
  address: 'outside the cluster',
  'host-network': 'that of its node, which no policy binds',
};

function wayOf({ direction }: EndAnswer): string {
  return direction.toLowerCase();
}

function nameOf(end: EndAnswer, sources: readonly string[], destinations: readonly string[]): string {
  return end.object ?? (end.direction === 'Egress' ? sources : destinations).join(', ');
}
