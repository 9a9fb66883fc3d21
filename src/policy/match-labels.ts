import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import type { StringMap } from '../model/resource.ts';

/** Whether a selector selects an object with these labels. The empty selector selects everything. */
export function selects(selector: LabelSelector, labels: StringMap): boolean {
  return selector.every((requirement) => holds(requirement, labels));
}

/** As the API's documentation has it: NotIn and DoesNotExist also hold where the key is absent. */
function holds(requirement: Requirement, labels: StringMap): boolean {
  // Only own properties: a key such as "constructor" must not be found on a prototype.
  const value = Object.hasOwn(labels, requirement.key) ? labels[requirement.key] : undefined;
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value);
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Like':
      return value !== undefined && requirement.values.some((pattern) => isLike(value, pattern));
    case 'NotLike':
      return value === undefined || !requirement.values.some((pattern) => isLike(value, pattern));
  }
}

/** Whether a value has the parts of a pattern between its `*`, in their order. */
function isLike(value: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  const middle = value.slice(first.length, value.length - last.length);
  let from = 0;
  return rest.every((part) => {
    const at = middle.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}
