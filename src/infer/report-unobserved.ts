import type { Config } from '../model/config.ts';
import { MARK } from '../model/mark.ts';
import type { Problem, Report } from '../model/problem.ts';
import type { MarkedObject } from '../model/resources.ts';
import type { DeclaredCount } from './report-open.ts';

/**
 * Policies that are observed close nobody, so that the question is not what is closed but whether they are there: a
 * client that skipped the function left none.
 */
export function reportUnobserved(
  { namespaces, workloads }: DeclaredCount,
  marked: readonly MarkedObject[],
  { owner, place }: Config,
  report: Report,
): void {
  if (namespaces + workloads === 0) return;
  const isThere = marked.some(({ resource }) => resource.annotations[MARK]?.startsWith(`${owner}/`));
  report({ ...place, ...(isThere ? OBSERVED : unobserved(owner)) });
}

const OBSERVED: Pick<Problem, 'code' | 'severity' | 'message'> = {
  code: 'observed',
  severity: 'info',
  message:
    'closes nothing yet: its policies are observed, so that neither what is closed nor what is expected is asked',
};

function unobserved(owner: string): Pick<Problem, 'code' | 'severity' | 'message'> {
  const message =
    `must find the policies that are observed, got none of the owner "${owner}": render with the function, which ` +
    'kustomize skips in silence without --enable-alpha-plugins and, for exec, --enable-exec';
  return { code: 'not-observed', severity: 'error', message };
}
