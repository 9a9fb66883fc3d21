import { warnIdlePolicies } from '../infer/warnings/idle-policy.ts';
import { MARK } from '../model/mark.ts';
import type { Lint } from './lint.ts';

/** Hand-written policies that select no pods; of generated ones `broken-policy` says more. */
export const lintIdlePolicies: Lint = ({ cluster, report }) => {
  const handWritten = cluster.handWritten.filter(
    ({ resource }) => resource !== undefined && !Object.hasOwn(resource.annotations, MARK),
  );
  warnIdlePolicies({ cluster: { ...cluster, handWritten }, report });
};
