import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import { type Fields, mapping, mappings, oneOf, pathOf, string, stringMap, strings } from './fields.ts';
import { readOnce } from './read-once.ts';

/**
 * A label selector at `key`. Absent (or null) is undefined, which is not the same as `{}`: the empty selector selects
 * everything. A requirement that the API would reject is reported as `invalid-selector` and selects nothing.
 */
export function readLabelSelector(fields: Fields, key: string): LabelSelector | undefined {
  const selector = mapping(fields, key);
  return selector && readSelector(selector);
}

const readSelector = readOnce((selector: Fields): LabelSelector => {
  const labels = stringMap(selector, 'matchLabels');
  const requirements: Requirement[] = [];
  for (const key of Object.keys(labels)) requirements.push({ key, operator: 'In', values: [labels[key] ?? ''] });
  for (const expression of mappings(selector, 'matchExpressions')) requirements.push(readRequirement(expression));
  return requirements;
});

const OPERATORS: readonly Requirement['operator'][] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function readRequirement(fields: Fields): Requirement {
  const key = string(fields, 'key');
  const operator = oneOf(fields, 'operator', OPERATORS);
  const values = strings(fields, 'values');
  if (!key) return invalid(fields, 'key', 'must name a label');
  if (operator === undefined) {
    return fields.value['operator'] == null
      ? invalid(fields, 'operator', `must be one of ${OPERATORS.join(', ')}`)
      : { key, ...NOTHING };
  }
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0)
    return invalid(fields, 'values', `must not be empty where the operator is ${operator}`);
  if (!takesValues && values.length > 0)
    return invalid(fields, 'values', `must be empty where the operator is ${operator}`);
  return { key, operator, values };
}

/** A requirement that no object meets. */
const NOTHING: Pick<Requirement, 'operator' | 'values'> = { operator: 'In', values: [] };

function invalid(fields: Fields, key: string, message: string): Requirement {
  const { place, report } = fields;
  report({ ...place, code: 'invalid-selector', severity: 'error', field: pathOf(fields, key), message });
  return { key: '', ...NOTHING };
}
