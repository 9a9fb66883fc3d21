import type { Workload } from '../model/workload.ts';

/** Workloads by kind and name, at most three of them: `Deployment "web", Job "load" and 7 more`. */
export function listNames(workloads: readonly Workload[]): string {
  const names = workloads.map(
    ({ origin, resource }) => `${origin === 'service' ? 'the pods of ' : ''}${resource.kind} "${resource.name}"`,
  );
  if (names.length < 2) return names.join('');
  const rest = names.length - 3;
  const shown = rest > 1 ? [...names.slice(0, 3), `${rest} more`] : names;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
