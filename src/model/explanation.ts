import type { Direction } from './direction.ts';
import type { Action, Peer } from './network-policy.ts';
import type { PortMatch, PortSet } from './port.ts';

/** Whether something that was asked about passes: all of it, none of it, or some ports or some pairs. */
export type Outcome = 'allowed' | 'denied' | 'partly';

/** The answer to "may this connect to that". */
export interface Explanation {
  readonly source: string;
  readonly destination: string;
  readonly outcome: Outcome;
  /** Pairs of ends with the same answer are told once. */
  readonly answers: readonly Answer[];
}

/** What the policies say of one pair of ends, or of several that are alike. */
export interface Answer {
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** undefined: nothing was written and nothing is declared, so any port will do. */
  readonly asked: PortSet | undefined;
  /** What passes at both ends. */
  readonly open: PortSet;
  readonly outcome: Outcome;
  readonly egress: EndAnswer;
  readonly ingress: EndAnswer;
}

/** What the policies of one end say. */
export interface EndAnswer {
  readonly direction: Direction;
  /** `Deployment/shop/web`; undefined where no object of the input is behind it. */
  readonly object: string | undefined;
  readonly place: string;
  /** Why nothing binds it; undefined where policies do. */
  readonly free: 'no-policy' | 'address' | 'host-network' | undefined;
  readonly isolatedBy: readonly PolicyWord[];
  /** Rules that have the other end among their peers. */
  readonly rules: readonly RuleWord[];
  /** What this end lets pass, of all ports. */
  readonly open: PortSet;
  readonly outcome: Outcome;
  /** How to open what is closed. */
  readonly advice: string | undefined;
}

/** A policy, and where it is written. */
export interface PolicyWord {
  /** `NetworkPolicy`. */
  readonly kind: string;
  readonly name: string;
  /** `netpol.yaml, item 2`; '' where it is not known. */
  readonly place: string;
}

/** A rule of a policy that speaks of the other end. */
export interface RuleWord {
  readonly policy: PolicyWord;
  /** Position in `ingress` or `egress`, from 0. */
  readonly rule: number;
  /** Where it is written: `ingress rule 1`, `ingressDeny[0]`. */
  readonly place: string;
  readonly action: Action;
  /** The peers of it that are the other end. */
  readonly peers: readonly (Peer | 'all')[];
  readonly written: 'all' | readonly PortMatch[];
  /** What it names of the destination's ports. */
  readonly ports: PortSet;
  /** What passes inside the connection, where that is not everything. */
  readonly only: readonly string[];
  /** Whether it decides some of what was asked. */
  readonly decides: boolean;
  /** The declarations that a generated policy came from, as far as they speak of the other end. */
  readonly origins: readonly string[];
}
