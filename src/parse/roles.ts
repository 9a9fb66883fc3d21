import type { Resource } from '../model/resource.ts';
import type { Resources } from '../model/resources.ts';
import type { Role } from './annotations.ts';

/** What each object may be for annotations. */
export function rolesOf({ workloads, services, namespaces }: Resources): (resource: Resource) => Role {
  const roles = new Map<Resource, Role>([
    ...workloads.map(({ resource }) => [resource, 'workload'] as const),
    ...services.map(({ resource }) => [resource, 'service'] as const),
    ...namespaces.map(({ resource }) => [resource, 'namespace'] as const),
  ]);
  return (resource) => roles.get(resource) ?? 'other';
}
