import type { Caller } from '../../model/caller.ts';
import type { Direction } from '../../model/direction.ts';
import type { Endpoint } from '../../model/flow.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { Report } from '../../model/problem.ts';
import type { AllowedAtEnd } from '../doors.ts';
import type { Inference } from '../infer.ts';

/** What warnings are found in: the finished policies and everything that led to them. */
export interface Finished extends Inference {
  readonly callers: readonly Caller[];
  /** The policies, generated and hand-written, that isolate an endpoint in a direction. */
  readonly selecting: (direction: Direction, endpoint: Endpoint) => readonly NetworkPolicy[];
  /** The ports that one end of a connection lets pass, by the finished policies. */
  readonly allowedAtEnd: AllowedAtEnd;
  /** The policies, generated and hand-written, whose rules let something through at an endpoint that is isolated. */
  readonly opening: (direction: Direction, endpoint: Endpoint) => readonly NetworkPolicy[];
  readonly report: Report;
}

/** Looks for one kind of traffic that would be cut, or of words that have no effect. */
export type Warning = (finished: Finished) => void;
