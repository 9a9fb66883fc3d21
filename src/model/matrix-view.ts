import type { Direction } from './direction.ts';
import type { End } from './end.ts';
import type { PortSet } from './port.ts';

/** One line of the matrix: each of the sources reaches each of the destinations on these ports. */
export interface MatrixRow {
  /** Names that people read: `shop/*`, `internet`. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: PortSet;
  /** In a table of namespaces: how many pairs are open on some of the ports, in all or between each two namespaces. */
  readonly pairs: { readonly open: number; readonly of: number; readonly isEach: boolean } | undefined;
}

/** Who reaches whom, as it is printed. What is not in the rows is closed. */
export interface MatrixView {
  readonly rows: readonly MatrixRow[];
  /** `namespaces`: each line counts the pairs of two namespaces. `pairs`: nothing is put together. */
  readonly detail: 'namespaces' | 'merged' | 'pairs';
  /** How many objects of each kind the policies are. */
  readonly policies: readonly { readonly kind: string; readonly count: number }[];
  /** Every end that was asked about. */
  readonly ends: readonly EndView[];
  /** Names of workloads that nothing isolates, by the directions that are open; those on the network of their node. */
  readonly open: {
    readonly both: readonly string[];
    readonly ingress: readonly string[];
    readonly egress: readonly string[];
    readonly host: readonly string[];
  };
  /** Words of the rows that need an explanation. */
  readonly legend: readonly { readonly word: string; readonly means: string }[];
  /** The lines again with every end by its own name, for programs. */
  readonly groups: readonly {
    readonly sources: readonly string[];
    readonly destinations: readonly string[];
    readonly ports: PortSet;
  }[];
}

/** One end, for programs. */
export interface EndView extends Pick<End, 'name' | 'kind' | 'namespace'> {
  /** Directions that policies isolate. */
  readonly isolated: readonly Direction[];
}
