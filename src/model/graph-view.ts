import type { Direction } from './direction.ts';
import type { End } from './end.ts';
import type { Action } from './network-policy.ts';
import type { PortSet } from './port.ts';

/** A picture of who reaches whom. Positions are those in the lists of this view. */
export interface GraphView {
  readonly boxes: readonly GraphBox[];
  readonly nodes: readonly GraphNode[];
  /** What is drawn as open: connections that a policy allows at one end at least. */
  readonly lines: readonly GraphLine[];
  /** The same as groups of nodes, each pair in one: every source reaches every destination on these ports. */
  readonly groups: readonly GraphGroup[];
  /** What is declared and does not pass. */
  readonly blocked: readonly BlockedLine[];
  readonly policies: readonly GraphPolicy[];
}

/** A namespace, everything outside the cluster, or pods that are in no namespace that anybody names. */
export interface GraphBox {
  readonly kind: 'namespace' | 'elsewhere' | 'outside';
  /** Unique; the namespace's own, '' where the objects say none. */
  readonly name: string;
}

/**
 * An end, or several parts of the outside that every connection treats alike. `set`: all of a namespace, "every pod" or
 * "anybody", so that one line says what many would.
 */
export interface GraphNode {
  readonly kind: End['kind'] | 'set';
  /** Unique: `shop/web`, `every pod of shop`, `internet`. */
  readonly name: string;
  /** Without its namespace. */
  readonly label: string;
  readonly box: number;
  /** Directions that policies isolate. */
  readonly isolated: readonly Direction[];
  /** `Deployment/shop/web`; undefined where no object of the input is behind it. */
  readonly object: string | undefined;
  /** `shop.yaml, item 3`; '' where it is not known. */
  readonly place: string;
  /** Names of its objects, by which declarations speak of it. */
  readonly calls: readonly string[];
  /** The policies that isolate it. */
  readonly bound: Readonly<Record<Direction, readonly number[]>>;
  /** The nodes that a `set` stands for. */
  readonly members: readonly number[];
}

/** Open from one node to another. A line of a `set` stands for all of its members. */
export interface GraphLine {
  readonly from: number;
  readonly to: number;
  readonly ports: PortSet;
}

export interface GraphGroup {
  readonly sources: readonly number[];
  readonly destinations: readonly number[];
  readonly ports: PortSet;
}

/** A connection that annotations or the config ask for or grant, and that policies do not let through. */
export interface BlockedLine {
  readonly from: number;
  readonly to: number;
  /** Ports that are declared and closed. */
  readonly ports: PortSet;
  /** The ends that are closed. */
  readonly closed: readonly Direction[];
  /** `Deployment/shop/web postern.dev/allow-to: cart`. */
  readonly because: readonly string[];
  /** How to open each closed end. */
  readonly advice: readonly string[];
}

/** A policy that isolates one of the nodes. */
export interface GraphPolicy {
  /** `shop/web`. */
  readonly name: string;
  readonly place: string;
  /** The declarations that a generated policy came from. */
  readonly says: readonly string[];
  /** undefined: it does not isolate for this direction. */
  readonly rules: Readonly<Record<Direction, readonly GraphRule[] | undefined>>;
}

/** A rule, and what it means for the nodes. */
export interface GraphRule {
  readonly action: Action;
  /** Where it is written: `ingress rule 1`. */
  readonly called: string;
  /** Its peers in words. */
  readonly peers: readonly string[];
  /** Its ports in words. */
  readonly written: string;
  /** The nodes that are among its peers. */
  readonly matches: readonly number[];
  /** What its ports are; by the destination's node where names make a difference. */
  readonly ports: PortSet | { readonly byNode: Readonly<Record<number, PortSet>> };
}
