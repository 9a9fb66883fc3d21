import type { ReachChange, ReachDiff } from '../../model/reach-diff.ts';
import { fullPortWords } from '../port-text.ts';

/** A diff for programs, with every end by its own name. */
export function printDiffJson({ changes, isolation, newEnds, goneEnds }: ReachDiff): string {
  const value = {
    added: changes.filter(({ kind }) => kind === 'added').map(entry),
    removed: changes.filter(({ kind }) => kind === 'removed').map(entry),
    isolation: isolation.map(({ workloads, directions, now }) => ({
      workloads,
      directions: directions.map((direction) => direction.toLowerCase()),
      now,
    })),
    newWorkloads: newEnds,
    goneWorkloads: goneEnds,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function entry({ pairs, ports, because, isOfNewEnds, outside }: ReachChange): object {
  return {
    sources: pairs.sources,
    destinations: pairs.destinations,
    ports: fullPortWords(ports),
    because,
    withNewOrGoneWorkloads: isOfNewEnds,
    ...(outside === undefined ? {} : { outside }),
  };
}
