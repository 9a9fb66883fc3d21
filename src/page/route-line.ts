interface Point {
  readonly x: number;
  readonly y: number;
}

/** Lines leave to the right and arrive from the left, and are this straight at both ends. */
const LEAST = 40;
const MOST = 240;

/** The path of a line: level where it leaves and where it arrives. */
export function routeLine(from: Point, to: Point): string {
  const reach = Math.min(MOST, Math.max(LEAST, Math.abs(to.x - from.x) / 2));
  const points = [from.x + reach, from.y, to.x - reach, to.y, to.x, to.y].map(round);
  return `M${round(from.x)} ${round(from.y)}C${points.join(' ')}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
