import { subjectOf } from '../infer/subject.ts';
import type { End } from '../model/end.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Problem } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Observed } from '../observe.ts';
import { findSide } from './find-side.ts';
import type { Side } from './side.ts';

/** Both sides of what is expected; undefined after a problem. */
export function sidesOfExpectation(
  { source, destination, ports, subject, place }: Expectation,
  observed: Observed,
  problems: Problem[],
): { readonly source: Side; readonly destination: Side } | undefined {
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
  return from === undefined || to === undefined ? undefined : { source: from, destination: to };
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
