import type { Area } from './lay-out.ts';

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How much more it costs to step aside than to go on. */
const ASIDE = 2.5;

/** Where a key leads from an item: the next in an arrow's direction, the first, the last. undefined: the key leads nowhere. */
export function itemByKey(key: string, id: string, areas: ReadonlyMap<string, Area>): string | undefined {
  const ids = [...areas.keys()];
  if (key === 'Home') return ids[0];
  if (key === 'End') return ids.at(-1);
  const direction = DIRECTIONS[key];
  if (direction === undefined) return undefined;
  return nearest(id, direction, areas) ?? id;
}

function nearest(
  id: string,
  [dx, dy]: readonly [number, number],
  areas: ReadonlyMap<string, Area>,
): string | undefined {
  const from = areas.get(id);
  if (from === undefined) return undefined;
  const start = middleOf(from);
  const candidates = [...areas].flatMap(([other, area]) => {
    const end = middleOf(area);
    const along = (end.x - start.x) * dx + (end.y - start.y) * dy;
    const across = Math.abs((end.x - start.x) * dy) + Math.abs((end.y - start.y) * dx);
    return other !== id && along > 4 ? [{ other, cost: along + ASIDE * across }] : [];
  });
  return candidates.sort((a, b) => a.cost - b.cost)[0]?.other;
}

function middleOf({ x, y, width, height }: Area): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
