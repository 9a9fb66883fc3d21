import type { GraphView } from '../model/graph-view.ts';
import type { PortSet } from '../model/port.ts';

/** A connection of a node, seen from it. */
export interface Connection {
  readonly other: number;
  readonly ports: PortSet;
}

/** What policies let a node reach, and what they let reach it. */
export function connectionsOf(
  view: GraphView,
  node: number,
): { readonly out: readonly Connection[]; readonly in: readonly Connection[] } {
  const inOrder = (a: Connection, b: Connection): number => a.other - b.other;
  return {
    out: view.groups
      .filter(({ sources }) => sources.includes(node))
      .flatMap(({ destinations, ports }) => destinations.map((other) => ({ other, ports })))
      .filter(({ other }) => other !== node)
      .sort(inOrder),
    in: view.groups
      .filter(({ destinations }) => destinations.includes(node))
      .flatMap(({ sources, ports }) => sources.map((other) => ({ other, ports })))
      .filter(({ other }) => other !== node)
      .sort(inOrder),
  };
}
