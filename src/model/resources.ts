import type { Caller } from './caller.ts';
import type { Manifest } from './input.ts';
import type { LinkerdServer } from './linkerd-server.ts';
import type { Namespace } from './namespace.ts';
import type { NetworkPolicy } from './network-policy.ts';
import type { Resource } from './resource.ts';
import type { Endpoints, Service } from './service.ts';
import type { Workload } from './workload.ts';

/** A NetworkPolicy of the input, with its object for those who rewrite it. */
export interface ReadPolicy {
  readonly policy: NetworkPolicy;
  readonly manifest: Manifest;
}

/** An object that carries the mark of a run that wrote it. */
export interface MarkedObject {
  readonly resource: Resource;
  readonly manifest: Manifest;
}

/** Everything that Postern reads from the input, in the input's order. */
export interface Resources {
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoints[];
  readonly namespaces: readonly Namespace[];
  readonly policies: readonly ReadPolicy[];
  readonly marked: readonly MarkedObject[];
  /** Objects of the kinds that this run may write, whoever wrote them: their names are taken. */
  readonly named: readonly Resource[];
  readonly callers: readonly Caller[];
  /** Read only where Servers of Linkerd are to be written. */
  readonly servers: readonly LinkerdServer[];
}
