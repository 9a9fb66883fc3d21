import type { LabelSelector } from './label-selector.ts';
import type { Protocol } from './port.ts';
import type { StringMap } from './resource.ts';

/** A connection that is tried in a live cluster. */
export interface Probe {
  readonly client: ProbeClient;
  readonly target: ProbeTarget;
  readonly protocol: Protocol;
  readonly port: number;
  readonly wants: 'allowed' | 'denied';
}

/** Whose pods connect. */
export interface ProbeClient {
  /** As tables call it: `shop/web`, `a stranger in shop`. */
  readonly name: string;
  readonly namespace: string;
  /** What policies see of its pods. */
  readonly labels: StringMap;
  /** The object that makes its pods; undefined for a stranger. */
  readonly object: ProbeObject | undefined;
}

/** Whose pods are connected to. */
export interface ProbeTarget {
  readonly name: string;
  readonly namespace: string;
  /** Finds its pods. */
  readonly selector: LabelSelector;
  /** undefined for pods that the input does not have. */
  readonly object: ProbeObject | undefined;
}

export interface ProbeObject {
  readonly kind: string;
  readonly name: string;
}

/** What is tried, and what is not. */
export interface ProbePlan {
  /** By client, then by target and port. */
  readonly probes: readonly Probe[];
  /** What policies decide and nobody tries, with the reason, in the words of tables. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly what: string;
  readonly why: string;
}
