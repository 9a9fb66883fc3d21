import type { LabelSelector, Requirement } from '../model/label-selector.ts';

/** The label that Kubernetes sets on every namespace to its name. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Selects the namespace of this name. */
export function namespaceNamed(name: string): LabelSelector {
  return [{ key: NAMESPACE_NAME, operator: 'In', values: [name] }];
}

/** Selects every namespace but these. */
export function namespacesBut(names: readonly string[]): LabelSelector {
  return names.length === 0 ? [] : [{ key: NAMESPACE_NAME, operator: 'NotIn', values: [...names].sort() }];
}

/** The one form of a selector: requirements and values in order, without repetitions. */
export function canonicalSelector(selector: LabelSelector): LabelSelector {
  if (selector.length < 2 && (selector[0]?.values.length ?? 0) < 2) return selector;
  const sorted = selector.map((requirement) => ({
    ...requirement,
    values: [...new Set(requirement.values)].sort(),
  }));
  const byKey = new Map(sorted.map((requirement) => [requirementKey(requirement), requirement]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

/** A string that is the same for selectors that are written alike once they are canonical. */
export function selectorKey(selector: LabelSelector): string {
  const first = selector[0];
  if (first === undefined) return '';
  return selector.length === 1 ? requirementKey(first) : selector.map(requirementKey).sort().join('&');
}

function requirementKey({ key, operator, values }: Requirement): string {
  if (values.length === 0) return `${key} ${operator}`;
  return `${key} ${operator} ${values.length === 1 ? values[0] : [...values].sort().join(',')}`;
}
