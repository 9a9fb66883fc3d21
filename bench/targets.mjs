/** What the project promises itself: `must`, and `aim`. `of` takes the measurements by size, and `wall`, `cpu` or `peak`. */
export const TARGETS = [
  target('start, over bare Node', 'x', 1.5, 1.25, ({ 0: start }, by) => start.postern[by] / start.node[by]),
  target('100 items, over the Go peer', 'x', 1.6, 1.2, (at, by) => overGo(at[100], by)),
  target('1,000 items, over the Go peer', 'x', 0.5, 0.35, (at, by) => overGo(at[1000], by)),
  target('10,000 items, over the Go peer', 'x', 0.2, 0.1, (at, by) => overGo(at[10000], by)),
  target('100,000 items, over 10,000', 'x', 11, 10, (at, by) => at[100000].postern[by] / at[10000].postern[by]),
  target('rules of 2,000 callers merged', 's', 1, 0.2, (at) => at.merge.postern.wall / 1000),
  target('peak memory at 10,000 items', 'MB', 160, 110, (at) => at[10000].postern.peak / 1e6),
];

function target(name, unit, must, aim, of) {
  return { name, unit, must, aim, of };
}

function overGo({ postern, kyaml }, by) {
  return postern[by] / kyaml[by];
}
