import type { LabelSelector, Requirement } from '../../model/label-selector.ts';

/** A selector as kubectl's `--selector` takes it. */
export function selectorText(selector: LabelSelector): string {
  return selector.map(requirementText).join(',');
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
    // kubectl knows no patterns; pods that only policies name are found by labels that fit.
    case 'Like':
    case 'NotLike':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}
