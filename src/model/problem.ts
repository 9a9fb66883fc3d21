import type { Resource } from './resource.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What an object is called. */
type Named = Pick<Resource, 'apiVersion' | 'kind' | 'name' | 'namespace'>;

/** One thing to tell the user. Collected while the pipeline runs, rendered once at its end. */
export interface Problem {
  /** Stable, kebab-case; documented in docs/problems.md. */
  readonly code: string;
  readonly severity: Severity;
  /** The whole sentence without its place: 'must name a workload or Service in these resources, got "chekout" (did you mean "checkout"?)'. */
  readonly message: string;
  readonly resource?: Named;
  /** Path of the field: `metadata.annotations["postern.dev/allow-to"]`, `spec.ports[0].targetPort`. */
  readonly field?: string;
  /** The value that was found. */
  readonly got?: string;
  /** A value that would do, where there is exactly one. */
  readonly want?: string;
  /** Further lines for people: the text with a caret under the place. */
  readonly snippet?: string;
  readonly file?: string;
  /** Zero-based position of the object in its file, as in `config.kubernetes.io/index`. */
  readonly fileIndex?: number;
  /** Zero-based position of the object in the input. */
  readonly item?: number;
}

/** Takes problems as they are found. */
export type Report = (problem: Problem) => void;

/** The parts of a Problem that say where it is. */
export type Place = Pick<Problem, 'resource' | 'field' | 'file' | 'fileIndex' | 'item'>;

/** The place of a problem in an object that was read from the input. */
export function placeOf(resource: Named & Pick<Resource, 'source'>, field?: string): Place {
  const { item, file, fileIndex } = resource.source;
  const place: { -readonly [Key in keyof Place]: Place[Key] } = { resource };
  if (item >= 0) place.item = item;
  if (field !== undefined) place.field = field;
  if (file !== undefined) place.file = file;
  if (fileIndex !== undefined) place.fileIndex = fileIndex;
  return place;
}

/** Whether the run failed. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** By file, position and field. Problems of one field stay as they were found, which for a list is the order of its items. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(byPlace);
}

function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    (a.fileIndex ?? 0) - (b.fileIndex ?? 0) ||
    (a.item ?? -1) - (b.item ?? -1) ||
    compare(a.field ?? '', b.field ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
