import { warnIdlePolicies } from '../infer/warnings/idle-policy.ts';
import { isGenerated } from './is-generated.ts';
import type { Lint } from './lint.ts';

/** Hand-written policies that select no pods; of generated ones `broken-policy` says more. */
export const lintIdlePolicies: Lint = ({ cluster, report }) => {
  const handWritten = cluster.handWritten.filter((policy) => policy.resource !== undefined && !isGenerated(policy));
  warnIdlePolicies({ cluster: { ...cluster, handWritten }, report });
};
