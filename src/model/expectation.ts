import type { Item } from './declaration.ts';
import type { Place } from './problem.ts';
import type { Resource } from './resource.ts';

/** What somebody expects of the policies: that one thing may connect to another, or that it may not. */
export interface Expectation {
  /** As it is written: `web -> cart:7070`. */
  readonly text: string;
  readonly wants: 'allowed' | 'denied';
  /** undefined: the object that says it. */
  readonly source: Item | undefined;
  /** undefined: the object that says it, on its own ports. */
  readonly destination: Item | undefined;
  /** Ports of the object that says it, where it is the destination. */
  readonly ports: Item['ports'];
  /** The object that says it; undefined for the config's. */
  readonly subject: Resource | undefined;
  readonly place: Place;
}
