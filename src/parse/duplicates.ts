import type { Config } from '../model/config.ts';
import { groupOf } from '../model/group-kind.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';

/**
 * Reports objects of one identity: group, kind, namespace and name. The API holds one of them only, so what is read
 * from the other would be wrong. Objects whose name the server completes are never alike.
 */
export function reportDuplicates(resources: readonly Resource[], config: Config, report: Report): void {
  const seen = new Map<string, Resource>();
  for (const resource of resources) {
    if (resource.generateName || resource.name === '') continue;
    const key = identityOf(resource, config);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, resource);
    else {
      report({
        ...placeOf(resource),
        code: 'duplicate-object',
        severity: 'error',
        message: `must not be in these resources twice: it is item ${first.source.item + 1} too`,
      });
    }
  }
}

function identityOf(resource: Resource, config: Config): string {
  const namespace = resource.kind === 'Namespace' ? '' : (resource.namespace ?? config.namespace ?? '');
  return `${groupOf(resource.apiVersion)}\n${resource.kind}\n${namespace}\n${resource.name}`;
}
