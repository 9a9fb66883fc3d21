import type { LabelSelector } from '../model/label-selector.ts';

/** Always `matchExpressions`, or exactly `{}`: Kustomize's commonLabels rewrite every `matchLabels`, an empty one too. */
export function expressions(requirements: LabelSelector): object {
  if (requirements.length === 0) return {};
  return {
    matchExpressions: requirements.map(({ key, operator, values }) => ({
      key,
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  };
}
