import type { Workload } from '../../model/workload.ts';
import type { Restriction } from './restriction.ts';

/** What callers may request of whom. */
export interface HttpPlan {
  readonly all: ReadonlyMap<Workload, Restriction>;
  /** Some workload of the namespace is restricted, so no policy for all of its pods may open ports. */
  readonly restrictsSome: (namespace: string) => boolean;
}

/** Of builds that say nothing of requests, which are most. */
export const NO_HTTP: HttpPlan = { all: new Map(), restrictsSome: () => false };
