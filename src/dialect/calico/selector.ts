import type { LabelSelector, Requirement } from '../../model/label-selector.ts';

/** As long as a selector of Calico's may be. */
const LONGEST = 1024;

/** Pods of Kubernetes: without it a selector takes in NetworkSets too, which no podSelector means. */
export const PODS_ONLY = "projectcalico.org/orchestrator == 'k8s'";

/**
 * A label selector in Calico's language, as Calico itself reads a podSelector or namespaceSelector. Values that are too
 * many for one text become several, which together select the same; undefined where that does not help.
 */
export function selectorTexts(selector: LabelSelector, ...first: readonly string[]): readonly string[] | undefined {
  const text = [...first, ...selector.map(requirementText)].join(' && ') || 'all()';
  if (text.length <= LONGEST) return [text];
  const longest = longestIn(selector);
  if (longest === undefined) return undefined;
  const half = Math.ceil(longest.values.length / 2);
  const parts = [longest.values.slice(0, half), longest.values.slice(half)].map((values) =>
    selectorTexts(
      selector.map((requirement) => (requirement === longest ? { ...requirement, values } : requirement)),
      ...first,
    ),
  );
  return parts.includes(undefined) ? undefined : parts.flatMap((texts) => texts ?? []);
}

/** The requirement whose values can be told apart into two selectors. */
function longestIn(selector: LabelSelector): Requirement | undefined {
  return [...selector]
    .filter(({ operator, values }) => operator === 'In' && values.length > 1)
    .sort((a, b) => lengthOf(b) - lengthOf(a))[0];
}

function lengthOf({ values }: Requirement): number {
  return values.reduce((length, value) => length + value.length + 4, 0);
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key} == ${quoted(values[0] ?? '')}` : `${key} in ${set(values)}`;
    case 'NotIn':
      return values.length === 1 ? `${key} != ${quoted(values[0] ?? '')}` : `${key} not in ${set(values)}`;
    case 'Exists':
      return `has(${key})`;
    case 'DoesNotExist':
      return `!has(${key})`;
    case 'Like':
      return `(${values.map((pattern) => likeText(key, pattern)).join(' || ')})`;
    case 'NotLike':
      return `!(${values.map((pattern) => likeText(key, pattern)).join(' || ')})`;
  }
}

function likeText(key: string, pattern: string): string {
  const text = quoted(pattern.replaceAll('*', ''));
  if (!pattern.startsWith('*')) return `${key} starts with ${text}`;
  return `${key} ${pattern.endsWith('*') ? 'contains' : 'ends with'} ${text}`;
}

function set(values: readonly string[]): string {
  return `{ ${values.map(quoted).join(', ')} }`;
}

/** The values of labels hold no quotes, and the language has no escapes. */
function quoted(value: string): string {
  return `'${value}'`;
}
