import type * as z from 'zod/mini';
import { nearest } from '../../model/nearest.ts';
import { type Path, reportAt, type Spot, within } from './spot.ts';

type Issue = z.core.$ZodIssue;

/** Reports what a schema found, in Postern's words: each part of the schema says what it must be (schema-parts.ts). */
export function reportIssues(issues: readonly Issue[], value: unknown, spot: Spot): void {
  for (const issue of issues.flatMap(meantIssues)) {
    const at = within(spot, ...keysOf(issue));
    if (issue.code === 'unrecognized_keys') reportUnknown(issue.keys, issue.message.split(' '), at);
    else reportWrong(issue, valueAt(value, keysOf(issue)), at);
  }
}

/** Reports fields that nobody reads, each with the nearest known one. */
export function reportUnknown(keys: readonly string[], known: readonly string[], spot: Spot): void {
  for (const key of keys) {
    const want = nearest(key, known);
    const advice = want === undefined ? { advice: `the fields here are ${known.join(', ')}` } : { want };
    reportAt(within(spot, key), { code: 'unknown-field', must: 'must be a known field', got: key, ...advice });
  }
}

function reportWrong(issue: Issue, value: unknown, spot: Spot): void {
  const got = describe(value);
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const want = typeof value === 'string' ? nearest(value, words) : undefined;
  spot.report({
    ...spot.place,
    field: spot.fieldAt(spot.path),
    code: 'invalid-field',
    severity: 'error',
    message: `must be ${issue.message}, got ${got}${want === undefined ? '' : ` (did you mean "${want}"?)`}`,
    got,
    ...(want === undefined ? {} : { want }),
  });
}

/** Of the alternatives of a union, the one that the value was meant as: it has the right type and is wrong inside. */
function meantIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) => !issues.some(isOfAnotherType));
  if (meant === undefined) return [issue];
  return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(meantIssues);
}

function isOfAnotherType({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union');
}

function keysOf({ path }: Issue): Path {
  return path.map((key) => (typeof key === 'number' ? key : String(key)));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    const isInside = typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key);
    return isInside ? (inner as Record<string | number, unknown>)[key] : undefined;
  }, value);
}

/** A value as a message shows it: short, on one line. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return value instanceof Date ? 'a date' : 'a mapping';
  const text = typeof value === 'string' ? JSON.stringify(value) : `the ${typeof value} ${value}`;
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
