import { placeOf } from '../model/problem.ts';
import type { Lint } from './lint.ts';
import { selectorsWritten, type WrittenSelector } from './written.ts';

/**
 * Selectors with `matchLabels`, to which Kustomize's commonLabels, and labels with includeSelectors, add. A peer of
 * another namespace then no longer finds its pods, and an empty one no longer finds all.
 */
export const lintRewritableSelectors: Lint = ({ policies, report }) => {
  for (const { policy, manifest } of policies) {
    const { resource } = policy;
    if (resource === undefined) continue;
    const written = selectorsWritten(manifest).filter(({ matchLabels }) => isMapping(matchLabels));
    for (const { isMeant, ...finding } of FINDINGS) {
      const [first, ...more] = written.filter(isMeant);
      if (first === undefined) continue;
      const places = more.length === 0 ? '' : ` (here and in ${more.length} more)`;
      const message = finding.message.replace('matchLabels', `matchLabels${places}`);
      report({ ...placeOf(resource, `${first.path}.matchLabels`), ...finding, message });
    }
  }
};

interface Finding {
  readonly isMeant: (selector: WrittenSelector) => boolean;
  readonly code: string;
  readonly severity: 'warning' | 'info';
  readonly message: string;
}

const FINDINGS: readonly Finding[] = [
  {
    isMeant: isEmpty,
    code: 'empty-match-labels',
    severity: 'warning',
    message:
      'must not hold empty matchLabels: an overlay with commonLabels adds its label there, and "all pods" becomes ' +
      '"those with the label"; write "podSelector: {}"',
  },
  {
    isMeant: (selector) => !isEmpty(selector) && selector.of === 'stranger',
    code: 'rewritable-peer',
    severity: 'warning',
    message:
      "must not select another namespace's pods by matchLabels: an overlay with commonLabels adds its label there, " +
      'which those pods do not have; write matchExpressions',
  },
  {
    isMeant: (selector) => !isEmpty(selector) && selector.of !== 'stranger',
    code: 'rewritable-selector',
    severity: 'info',
    message: 'selects pods by matchLabels, to which an overlay with commonLabels adds its label; matchExpressions stay',
  },
];

function isEmpty({ matchLabels }: WrittenSelector): boolean {
  return isMapping(matchLabels) && Object.keys(matchLabels).length === 0;
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
