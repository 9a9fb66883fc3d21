import type { Inference } from '../infer/infer.ts';
import type { Refusals } from '../infer/refusals.ts';
import type { Names } from '../infer/resolve-item.ts';
import type { Item, Settings } from '../model/declaration.ts';
import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';

/** What connections are judged with: the policies that there would be, were everything closed and nothing new said. */
export interface Kit {
  readonly names: Names;
  readonly inference: Inference;
  readonly refusals: Refusals;
  readonly settings: ReadonlyMap<Resource, Settings>;
  /** Pods are closed in this direction by what the manifests say now. */
  readonly closedToday: (workload: Workload, direction: Direction) => boolean;
  /** The ports that one end lets pass. */
  readonly allowedAtEnd: (direction: Direction, source: Endpoint, destination: Endpoint) => PortSet;
  /** The policies that let something pass there. */
  readonly allowing: (direction: Direction, source: Endpoint, destination: Endpoint) => readonly NetworkPolicy[];
  /** Reads a list; none where it does not parse. */
  readonly read: (list: string) => readonly Item[];
}
