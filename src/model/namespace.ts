import type { Resource } from './resource.ts';

/** A v1 Namespace object; its labels are those of `resource`. */
export interface Namespace {
  readonly resource: Resource;
}
