import { subjectOf } from '../infer/subject.ts';
import type { End } from '../model/end.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Answer, EndAnswer, Explanation } from '../model/explanation.ts';
import type { Problem } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Observed } from '../observe.ts';
import { explainPairs } from './explain-pairs.ts';
import { findSide } from './find-side.ts';
import type { Side } from './side.ts';

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
  { source, destination, ports, subject, place }: Expectation,
  observed: Observed,
  problems: Problem[],
): Explanation | undefined {
  const own = subject && sideOfObject(subject, observed);
  if (subject !== undefined && own === undefined) {
    const message = 'must be said by an object with pods';
    problems.push({ ...place, code: 'unknown-end', severity: 'error', message });
    return undefined;
  }
  const nearest = placesOf(own);
  const from = source === undefined ? own : findSide(source, { observed, near: nearest, problems });
  const near = [...placesOf(from), ...nearest];
  const to = destination === undefined ? own && { ...own, ports } : findSide(destination, { observed, near, problems });
  return from === undefined || to === undefined ? undefined : explainPairs(observed, from, to, problems);
}

/** The pods of the object that says an expectation. */
function sideOfObject(resource: Resource, { cluster, ends }: Observed): Side | undefined {
  const subject = subjectOf(cluster, resource);
  if (subject === undefined) return undefined;
  const isOwn = (end: End): boolean =>
    subject.kind === 'namespace'
      ? end.namespace === subject.namespace && end.workloads.length > 0
      : end.workloads.some((workload) => subject.workloads.includes(workload));
  const found = ends.filter(isOwn);
  if (found.length === 0) return undefined;
  const isSet = subject.kind === 'namespace';
  const name = isSet ? `${resource.name}/*` : [resource.namespace, resource.name].filter(Boolean).join('/');
  return {
    name,
    ends: found,
    object: isSet ? undefined : resource,
    service: subject.kind === 'workloads' ? subject.service : undefined,
    ports: undefined,
    item: name,
  };
}

function placesOf(side: Side | undefined): readonly string[] {
  return (side?.ends ?? []).flatMap(({ namespace }) => namespace ?? []);
}

/** The end that is closed, by what, and how to open it. */
function whyClosed({ egress, ingress, sources, destinations }: Answer): string {
  const closed = [egress, ingress].filter(({ outcome }) => outcome !== 'allowed');
  return closed
    .map((end) => {
      const policies = end.isolatedBy.map(({ name }) => name).join(' and ');
      const advice = end.advice === undefined ? '' : `: ${end.advice}`;
      return `${wayOf(end)} of ${nameOf(end, sources, destinations)} is closed by NetworkPolicy ${policies}${advice}`;
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
      const rules = end.rules.filter(({ opens }) => opens);
      const words = rules.map(({ policy, rule, origins }) => {
        const said = origins.length === 0 ? '' : ` (${origins.join(', ')})`;
        return `NetworkPolicy ${policy.name}, rule ${rule + 1}${said}`;
      });
      return `${wayOf(end)} of ${name} is opened by ${[...new Set(words)].join(' and ')}`;
    })
    .join('; ');
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
