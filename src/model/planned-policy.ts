import type { NetworkPolicy } from './network-policy.ts';
import type { Resource } from './resource.ts';

/** A policy that this run writes. */
export interface PlannedPolicy {
  readonly policy: NetworkPolicy;
  /** The namespace to write; undefined where the subject has none, so that a later step may set it. */
  readonly writtenNamespace: string | undefined;
  /** `deny` closes a namespace as a whole; the others only allow, or close their own subject. */
  readonly kind: 'deny' | 'allow';
  /** What it came from, in order: `Deployment/shop/web postern.dev/allow-to: cart`. */
  readonly origins: readonly string[];
  /** The workload, Service or Namespace that it is about. */
  readonly subject: Resource | undefined;
}
