import type { LabelSelector } from './label-selector.ts';
import type { Resource } from './resource.ts';

/** A policy.linkerd.io Server: it claims a port of pods, and no other Server may claim the same. */
export interface LinkerdServer {
  readonly resource: Resource;
  readonly namespace: string;
  readonly podSelector: LabelSelector;
  /** A number, or the name of a container port. */
  readonly port: number | string;
}
