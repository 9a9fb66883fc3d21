import type { HttpRequest } from '../../model/network-policy.ts';
import type { Place } from '../../model/problem.ts';

/** What callers may request of one workload. */
export interface Restriction {
  /** By the TCP port that its pods listen on. */
  readonly ports: Map<number, HttpRequest[]>;
  /** The declarations, as provenance prints them. */
  readonly origins: Set<string>;
  /** Of the first of them. */
  readonly place: Place;
}
