/** A connection of a table: a client, by its position, to a point, by its position. */
export interface Cell {
  readonly client: number;
  readonly point: number;
  readonly isOpen: boolean;
}

/** What was chosen of a table, and how much that would be worth trying was not. */
export interface Sample {
  readonly chosen: readonly Cell[];
  readonly more: number;
}

/**
 * Chooses cells of a table: each block of cells that clients and points have in common once, then each point and each
 * client that is still missing, open and closed alike. Of `limit` cells each of the two has a half, and what the other
 * leaves. The same table gives the same cells.
 *
 * @param columns for each point, whether it is open to each client
 */
export function sampleCells(
  clients: number,
  columns: readonly (readonly boolean[])[],
  limit: number,
  isAsked: (client: number, point: number) => boolean,
): Sample {
  const pointKinds = kindsOf(columns);
  const clientKinds = kindsOf(
    Array.from({ length: clients }, (_, client) => columns.map((column) => column[client] ?? false)),
  );
  const cells = spreadCells(clients, columns, isAsked);
  const worth = (isOpen: boolean): readonly Cell[] =>
    worthTrying(
      cells.filter((cell) => cell.isOpen === isOpen),
      ({ client, point }) => (clientKinds[client] ?? 0) * columns.length + (pointKinds[point] ?? 0),
    );
  const [open, closed] = [worth(true), worth(false)];
  const half = Math.ceil(limit / 2);
  const openShare = Math.min(open.length, Math.max(half, limit - closed.length));
  const closedShare = Math.min(closed.length, limit - openShare);
  return {
    chosen: [...open.slice(0, openShare), ...closed.slice(0, closedShare)],
    more: open.length - openShare + closed.length - closedShare,
  };
}

/** A number for each row, the same for equal ones. */
function kindsOf(rows: readonly (readonly boolean[])[]): readonly number[] {
  const known = new Map<string, number>();
  return rows.map((row) => {
    const key = row.map((isOpen) => (isOpen ? '1' : '0')).join('');
    const kind = known.get(key) ?? known.size;
    known.set(key, kind);
    return kind;
  });
}

/** All cells in an order whose beginning is spread over points and clients: one of each point, each with another client. */
function spreadCells(
  clients: number,
  columns: readonly (readonly boolean[])[],
  isAsked: (client: number, point: number) => boolean,
): readonly Cell[] {
  const cells: Cell[] = [];
  for (let round = 0; round < clients; round++) {
    for (const [point, column] of columns.entries()) {
      const client = (round + point) % clients;
      if (isAsked(client, point)) cells.push({ client, point, isOpen: column[client] ?? false });
    }
  }
  return cells;
}

/** First what stands for a whole block, then what is the first of its point or of its client. */
function worthTrying(cells: readonly Cell[], blockOf: (cell: Cell) => number): readonly Cell[] {
  const [blocks, points, clients] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const first = cells.filter((cell) => {
    const block = blockOf(cell);
    if (blocks.has(block)) return false;
    blocks.add(block);
    points.add(cell.point);
    clients.add(cell.client);
    return true;
  });
  const rest = cells.filter(({ client, point }) => {
    if (points.has(point) && clients.has(client)) return false;
    points.add(point);
    clients.add(client);
    return true;
  });
  return [...first, ...rest];
}
