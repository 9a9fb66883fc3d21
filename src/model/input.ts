import type { Layout } from './layout.ts';
import type { Problem } from './problem.ts';

/** One object of the input: the text it came as, and its value for those who must read it. */
export interface InputItem {
  /** Zero-based position in the input; members of a `kind: List` are counted one by one. */
  readonly index: number;
  /** As written, or told by the list's kind for members of a PodList and its like. */
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** Exactly as it came, without the list's own dash or the document's marker. */
  readonly text: string;
  /** The file it was read from, when the command line named files. */
  readonly file?: string;
  /** Zero-based position in that file. */
  readonly fileIndex?: number;
  /** Parses the text, each time anew: a value is of use for a moment, and all of them together are large. */
  read(): { readonly value: unknown } | { readonly problem: Pick<Problem, 'code' | 'message' | 'snippet'> };
}

/** The whole input, opened: which items it holds and where, so that what is not ours leaves as it came. */
export interface Input {
  readonly form: 'resource-list' | 'stream';
  /** The objects, without those whose place or type was reported as an error; their indexes tell. */
  readonly items: readonly InputItem[];
  /** The parsed functionConfig of a ResourceList. */
  readonly functionConfig: unknown;
  /** For the writer: the original texts, and where each item lies in them. */
  readonly layout: Layout;
}

/** A Kubernetes object to write: plain data, keys in the order in which they are written. */
export type Manifest = { readonly [key: string]: unknown };

/** An object to add. Its manifest is made each time that it is asked for: all of them together are large. */
export interface NewObject {
  readonly manifest: Manifest;
}

/** An object to add, and the place that it has in the cluster. */
export interface PlacedObject extends NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What a run does to the items of its input. */
export interface Changes {
  /** Items that are written anew, by their index. */
  readonly replace: ReadonlyMap<number, Manifest>;
  /** Items that leave. */
  readonly remove: ReadonlySet<number>;
  /** New items, in this order, after all others. */
  readonly append: readonly NewObject[];
}

/** The input stays as it is. */
export const NO_CHANGES: Changes = { replace: new Map(), remove: new Set(), append: [] };
