import type { Place, Problem, Report } from '../../model/problem.ts';

/** A path inside `spec`: `['peers', 'prometheus', 'ports', 0]`. */
export type Path = readonly (string | number)[];

/** A place in the config, and how to report what is wrong there. */
export interface Spot {
  readonly path: Path;
  readonly place: Place;
  readonly report: Report;
  /** The field's name in the object that the user wrote: `spec.peers["prometheus"].ports[0]`, `data["peers.prometheus"]`. */
  readonly fieldAt: (path: Path) => string;
}

/** A place inside another. */
export function within(spot: Spot, ...keys: Path): Spot {
  return { ...spot, path: [...spot.path, ...keys] };
}

/** The place for problems. */
export function placeOfSpot({ place, path, fieldAt }: Spot): Place {
  return { ...place, field: fieldAt(path) };
}

/** Reports an error; its message ends with what was found, and what was probably meant. */
export function reportAt(
  spot: Spot,
  { code, must, got, want, advice }: Pick<Problem, 'code' | 'got' | 'want'> & { must: string; advice?: string },
): undefined {
  const found = got === undefined ? '' : `, got "${got}"`;
  const meant = want === undefined ? '' : ` (did you mean "${want}"?)`;
  spot.report({
    ...placeOfSpot(spot),
    code,
    severity: 'error',
    message: `${must}${found}${meant}${advice === undefined ? '' : `; ${advice}`}`,
    ...(got === undefined ? {} : { got }),
    ...(want === undefined ? {} : { want }),
  });
  return undefined;
}

/** Names that users choose stand in brackets, so that a dot in them is not a step of the path. */
const MAPS: readonly unknown[] = ['peers', 'matchLabels'];

/** A path as problems print it: `spec.peers["prometheus"].ports[0]`. */
export function printPath(root: string, path: Path): string {
  return path.reduce<string>((printed, key, index) => {
    if (typeof key === 'number') return `${printed}[${key}]`;
    const isPlain = /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !MAPS.includes(path[index - 1]);
    return isPlain ? `${printed}${printed === '' ? '' : '.'}${key}` : `${printed}[${JSON.stringify(key)}]`;
  }, root);
}
