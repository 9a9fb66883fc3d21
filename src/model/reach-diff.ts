import type { Direction } from './direction.ts';
import type { PortSet } from './port.ts';

/** Connections from each of the sources to each of the destinations that one build has and the other has not. */
export interface ReachChange {
  readonly kind: 'added' | 'removed';
  /** Names that people read: `shop/*`, `internet`. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** The same with every end by its own name. */
  readonly pairs: { readonly sources: readonly string[]; readonly destinations: readonly string[] };
  readonly ports: PortSet;
  /** The ports are all but these, which is shorter to say. */
  readonly allBut: PortSet | undefined;
  /** What did it, a line each: the declarations behind a policy, or a policy, or that there is none any more. */
  readonly because: readonly string[];
  /** An end is in one of the builds only. */
  readonly isOfNewEnds: boolean;
  /** An end is an address outside the cluster. */
  readonly outside: 'source' | 'destination' | undefined;
}

/** Workloads that policies isolate in one of the builds only. */
export interface IsolationChange {
  readonly now: 'isolated' | 'open';
  readonly directions: readonly Direction[];
  /** Names that people read. */
  readonly names: readonly string[];
  readonly workloads: readonly string[];
}

/** What changes between two builds, as far as it can be told from their policies. */
export interface ReachDiff {
  readonly changes: readonly ReachChange[];
  readonly isolation: readonly IsolationChange[];
  /** Names of workloads that are in one build only. */
  readonly newEnds: readonly string[];
  readonly goneEnds: readonly string[];
}
