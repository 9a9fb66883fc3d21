import { DIRECTIONS } from '../../model/direction.ts';
import { isExcluded } from '../isolation.ts';
import type { Finished } from './warning.ts';

/** Namespaces with pods that stay open in both directions: one info for all of them. */
export function noteOpenNamespaces({ cluster, isolation, report }: Finished): void {
  const open = [...cluster.workloadsIn]
    .filter(([namespace]) => !isExcluded(cluster, namespace))
    .filter(([, workloads]) =>
      workloads.every((workload) => DIRECTIONS.every((way) => !isolation.closed(workload, way))),
    )
    .map(([namespace]) => (namespace === '' ? 'the objects without a namespace' : namespace))
    .sort();
  if (open.length === 0) return;
  const message = `stay open, since nothing asks to isolate them: ${open.join(', ')}`;
  report({ ...cluster.config.place, code: 'open-namespaces', severity: 'info', message });
}
