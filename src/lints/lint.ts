import type { Cluster } from '../infer/cluster.ts';
import type { Report } from '../model/problem.ts';
import type { ReadPolicy } from '../model/resources.ts';
import type { Workload } from '../model/workload.ts';
import type { PolicyIndex } from '../reach/index-policies.ts';

/** What a lint looks at: every policy of the input, generated and hand-written, and the pods that it is about. */
export interface Linted {
  readonly policies: readonly ReadPolicy[];
  readonly cluster: Cluster;
  readonly index: PolicyIndex;
  /** The workload wants no name resolution. */
  readonly wantsNoDns: (workload: Workload) => boolean;
  readonly report: Report;
}

/** Looks for one kind of mistake. */
export type Lint = (linted: Linted) => void;
