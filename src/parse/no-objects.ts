import type { Input, InputItem } from '../model/input.ts';
import type { Place, Report } from '../model/problem.ts';

/**
 * Warns of a list with a config and nothing to apply it to: Kustomize gives a function under `generators:` no objects,
 * so it would write nothing, without a word.
 */
export function warnNoObjects({ items, functionConfig }: Input, place: Place, report: Report): void {
  if (functionConfig === undefined || functionConfig === null || !items.every(isConfiguration)) return;
  const message =
    'must be given objects, got none: list the function under "transformers:" in Kustomize, ' +
    'since one under "generators:" sees no resources';
  report({ ...place, code: 'no-objects', severity: 'warning', message });
}

/** The function's own config, kpt's file, and whatever else is not for the cluster. */
function isConfiguration({ kind, text }: InputItem): boolean {
  return (
    kind === 'Kptfile' ||
    kind === 'NetworkPolicyGenerator' ||
    kind === 'NetworkPolicyCheck' ||
    text.includes('config.kubernetes.io/local-config')
  );
}
