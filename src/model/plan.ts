import type { Direction } from './direction.ts';
import type { Resource } from './resource.ts';

/** From what the manifests say outright to what may be a remark. */
export type Sureness = 'certain' | 'likely' | 'guess';

/** An item to add to a list, and why. */
export interface PlanItem {
  /** In the grammar of the lists: `cart`, `billing/ledger:7070`. */
  readonly text: string;
  /** Who connects to whom, for people: `web to cart`. */
  readonly what: string;
  readonly sureness: Sureness;
  readonly seen: readonly string[];
  /** What to know before it is written: that it is wider than it need be. */
  readonly advice: string | undefined;
}

/** What one object is to say. */
export interface PlannedAnnotation {
  /** `postern.dev/allow-to` */
  readonly key: string;
  /** The whole value, what stood there before included. */
  readonly value: string;
  readonly items: readonly PlanItem[];
}

/** An object that is to be annotated. */
export interface PlannedObject {
  readonly resource: Resource;
  readonly annotations: readonly PlannedAnnotation[];
}

/** One namespace, or what says none (''). */
export interface NamespacePlan {
  readonly name: string;
  /** Its Namespace object is in the input, so one annotation closes it. */
  readonly hasObject: boolean;
  /** Workloads that would be closed, and in which directions. */
  readonly closes: readonly { readonly resource: Resource; readonly directions: readonly Direction[] }[];
  /** Connections with an end outside this namespace. */
  readonly crossings: number;
  /** Connections that were revealed, with at least one end here. */
  readonly connections: number;
  readonly objects: readonly PlannedObject[];
  /** What stays open without a new word: by a policy, an annotation, or because nobody cuts it. */
  readonly kept: readonly PlanNote[];
  /** Traffic that may be meant; it is in no annotation. */
  readonly maybe: readonly (PlanItem & { readonly key: string; readonly on: string })[];
  /** What cannot be told from the manifests. */
  readonly unknown: readonly PlanNote[];
}

export interface PlanNote {
  readonly what: string;
  readonly why: string;
}

/** The namespaces in the order in which they are easiest to close. */
export interface Plan {
  readonly namespaces: readonly NamespacePlan[];
}
