import type { PortTerm } from '../model/declaration.ts';
import type { End } from '../model/end.ts';
import type { Problem } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Observed } from '../observe.ts';

/** One side of a question, with everything that it stands for. */
export interface Side {
  /** As it is called in the answer. */
  readonly name: string;
  readonly ends: readonly End[];
  /** The one object that was named; undefined for a set. */
  readonly object: Resource | undefined;
  /** The Service that was named. */
  readonly service: Service | undefined;
  readonly ports: readonly PortTerm[] | undefined;
  /** The item means these ports without saying them, as an alias of the config does. */
  readonly impliesPorts?: boolean;
  /** The item as a list says it, without ports; undefined where no list can. */
  readonly item: string | undefined;
}

/** What a side may be looked up with. */
export interface Looking {
  readonly observed: Observed;
  /** The other side, where it was found before: a bare name is looked up in its namespaces first. */
  readonly near: readonly string[];
  readonly problems: Problem[];
}
