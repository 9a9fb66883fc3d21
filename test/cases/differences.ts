import type { Flavour } from './annotate.ts';
import type { Surprise } from './trial.ts';

/** A difference between a table and the policies that Postern writes for it, and why it is right. */
export interface Difference {
  readonly case: string;
  /** Absent: in every flavour. */
  readonly flavour?: Flavour;
  /** Names of the tries that differ. */
  readonly tries: RegExp;
  readonly why: string;
}

/** Every difference that there is. One that no longer occurs fails too. */
export const DIFFERENCES: readonly Difference[] = [
  {
    case: 'npg-ipblock-pods',
    tries: / -> kube-system\/Pod\//,
    why: 'Postern never isolates kube-system; the case is tried a second time under another name of that namespace',
  },
];

/** The surprises that no difference explains, and the differences that explain none. */
export function unexplained(name: string, flavour: Flavour, found: readonly Surprise[]): readonly string[] {
  const differences = DIFFERENCES.filter(
    (difference) => difference.case === name && (difference.flavour ?? flavour) === flavour,
  );
  const surprising = found.filter((surprise) => !differences.some(({ tries }) => tries.test(surprise.name)));
  const stale = differences.filter(({ tries }) => !found.some((surprise) => tries.test(surprise.name)));
  return [...surprising.map(({ text }) => text), ...stale.map(({ tries }) => `no try differs as ${tries} says`)];
}
