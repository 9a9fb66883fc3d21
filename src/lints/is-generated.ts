import { MARK } from '../model/mark.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';

/** Whether Postern wrote a policy, with this owner or another. */
export function isGenerated({ resource }: Pick<NetworkPolicy, 'resource'>): boolean {
  return resource !== undefined && Object.hasOwn(resource.annotations, MARK);
}
