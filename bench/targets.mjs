/** What the project promises itself: `must`, and `aim`. Each takes the measurements by size, and gives a number. */
export const TARGETS = [
  target('start, over bare Node', 'x', 1.5, 1.25, ({ 0: start }) => start.postern.wall / start.node.wall),
  target('100 items, over the Go peer', 'x', 1.6, 1.2, (at) => overGo(at[100])),
  target('1,000 items, over the Go peer', 'x', 0.5, 0.35, (at) => overGo(at[1000])),
  target('10,000 items, over the Go peer', 'x', 0.2, 0.1, (at) => overGo(at[10000])),
  target('100,000 items, over 10,000', 'x', 11, 10, (at) => at[100000].postern.wall / at[10000].postern.wall),
  target('peak memory at 10,000 items', 'MB', 160, 110, (at) => at[10000].postern.peak / 1e6),
  target('2,000 callers of one database', 's', 1, 0.2, (at) => at.fanIn.postern.wall / 1000),
];

function target(name, unit, must, aim, of) {
  return { name, unit, must, aim, of };
}

function overGo({ postern, kyaml }) {
  return postern.wall / kyaml.wall;
}
