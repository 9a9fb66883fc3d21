import { groupKindOf } from '../../model/group-kind.ts';
import { MARK } from '../../model/mark.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { MarkedObject } from '../../model/resources.ts';

/**
 * Linkerd's objects name each other, and a prefix that comes later renames them without what refers to them: a Server
 * whose AuthorizationPolicy is lost lets nobody in.
 */
export function reportRenamed(marked: readonly MarkedObject[], report: Report): void {
  for (const { resource } of marked) {
    const wrote = resource.annotations[MARK]?.replace(/^.*\//, '');
    if (!groupKindOf(resource).startsWith('policy.linkerd.io/') || wrote === resource.name) continue;
    const message =
      `must have the name under which it was written, "${wrote}": it was renamed afterwards, and what refers to it was ` +
      'not, so that Linkerd lets nobody in. Run the function where names are final, last in the outermost kustomization';
    report({
      ...placeOf(resource, 'metadata.name'),
      code: 'renamed-identity',
      severity: 'error',
      message,
      got: resource.name,
    });
  }
}
