import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import { isLabelKey, isLabelValue, LABEL_KEY_RULE, LABEL_VALUE_RULE } from '../grammar/label-syntax.ts';
import type { RawRequirement, RawSelector } from './schema-peers.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** A selector as the API validates it. undefined after a report, because half a selector would select more. */
export function readSelector(raw: RawSelector, spot: Spot): LabelSelector | undefined {
  const labels = Object.entries(raw.matchLabels ?? {}).map(([key, value]) => {
    return (
      checkLabel(key, [value], within(spot, 'matchLabels', key)) && ({ key, operator: 'In', values: [value] } as const)
    );
  });
  const expressions = (raw.matchExpressions ?? []).map((requirement, index) =>
    readRequirement(requirement, within(spot, 'matchExpressions', index)),
  );
  const read = [...labels, ...expressions];
  const valid = read.filter((requirement) => typeof requirement === 'object');
  return valid.length === read.length ? valid : undefined;
}

function readRequirement({ key, operator, values = [] }: RawRequirement, spot: Spot): Requirement | undefined {
  const takesValues = operator === 'In' || operator === 'NotIn';
  const want = takesValues === values.length > 0 ? undefined : takesValues ? 'must not be empty' : 'must be empty';
  if (want !== undefined) {
    const must = `${want} where the operator is ${operator}`;
    return reportAt(within(spot, 'values'), { code: 'invalid-selector', must });
  }
  return checkLabel(key, values, spot) ? { key, operator, values } : undefined;
}

function checkLabel(key: string, values: readonly string[], spot: Spot): boolean {
  if (!isLabelKey(key)) {
    reportAt(spot, { code: 'invalid-selector', must: `must have a key of ${LABEL_KEY_RULE}`, got: key });
    return false;
  }
  const wrong = values.find((value) => !isLabelValue(value));
  if (wrong === undefined) return true;
  reportAt(spot, { code: 'invalid-selector', must: `must have a value of ${LABEL_VALUE_RULE}`, got: wrong });
  return false;
}
