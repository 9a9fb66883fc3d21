import type { Surprise } from './trial.ts';

/** A difference between a table and the policies that Postern writes for it, and why it is right. */
export interface Difference {
  readonly case: string;
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

/** Where cyclonus reads policies otherwise than the API's documentation has it. */
export const CYCLONUS_DIFFERENCES: readonly Difference[] = [
  ...DIFFERENCES,
  {
    case: 'npg-notin',
    tries: /^(?!matching-ns).* -> hello-world\/Deployment\/workload-a TCP/,
    why: 'NotIn also takes a namespace without the key; cyclonus wants the key to be there',
  },
];

/** The surprises that no difference explains, and the differences that explain none. */
export function unexplained(
  differences: readonly Difference[],
  name: string,
  found: readonly Surprise[],
): readonly string[] {
  const known = differences.filter((difference) => difference.case === name);
  const surprising = found.filter((surprise) => !known.some(({ tries }) => tries.test(surprise.name)));
  const stale = known.filter(({ tries }) => !found.some((surprise) => tries.test(surprise.name)));
  return [...surprising.map(({ text }) => text), ...stale.map(({ tries }) => `no try differs as ${tries} says`)];
}
