import type { MatrixView } from '../../model/matrix-view.ts';
import { fullPortWords } from '../port-text.ts';

/** A matrix for programs: every end with what isolates it, and groups of connections with every end by its own name. */
export function printMatrixJson({ policies, ends, groups, rows, detail }: MatrixView): string {
  const value = {
    policies: policies.reduce((sum, { count }) => sum + count, 0),
    ends: ends.map(({ name, kind, namespace, isolated }) => ({
      name,
      kind,
      ...(namespace === undefined ? {} : { namespace }),
      isolated: isolated.map((direction) => direction.toLowerCase()),
    })),
    connections: groups.map(({ sources, destinations, ports }) => ({
      sources,
      destinations,
      ports: fullPortWords(ports),
    })),
    ...(detail !== 'namespaces'
      ? {}
      : {
          namespaces: rows.map(({ sources, destinations, ports, pairs }) => ({
            sources,
            destinations,
            ports: fullPortWords(ports),
            ...(pairs && { openPairs: pairs.open, pairs: pairs.of, each: pairs.isEach }),
          })),
        }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
