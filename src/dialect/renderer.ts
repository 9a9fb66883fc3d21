import type { Config } from '../model/config.ts';
import type { PlacedObject } from '../model/input.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';

/** What a dialect knows beside the policy itself. */
export interface RenderContext {
  readonly config: Config;
  /** Namespace objects by name, for their sync waves. */
  readonly namespaces: ReadonlyMap<string, Resource>;
  /** Hears of what the API has no room for. */
  readonly report: Report;
}

/** A policy as an object of some API, ready to be written. */
export type RenderedPolicy = PlacedObject;

/** Writes planned policies in the words of one API. */
export type Renderer = (policies: readonly PlannedPolicy[], context: RenderContext) => RenderedPolicy[];
