import type { LabelSelector, Requirement } from '../model/label-selector.ts';

/** Always `matchExpressions`, or exactly `{}`: Kustomize's commonLabels rewrite every `matchLabels`, an empty one too. */
export function expressions(requirements: LabelSelector): object {
  if (requirements.length === 0) return {};
  return { matchExpressions: requirements.map(expression) };
}

function expression({ key, operator, values }: Requirement): object {
  return values.length === 0 ? { key, operator } : { key, operator, values };
}
