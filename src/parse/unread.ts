import type { Problem } from '../model/problem.ts';
import { type Fields, pathOf } from './fields.ts';

/** Warns of what cannot be understood in a policy that others wrote, and says how it is read. */
export function unread(fields: Fields, key: string | undefined, message: string): void {
  report(fields, key, { code: 'unread-policy', severity: 'warning', message });
}

/** Warns of what the API's own validation would refuse; it matches nothing. */
export function refused(fields: Fields, key: string | undefined, message: string): void {
  const how = `${message}; it is read as matching nothing`;
  report(fields, key, { code: 'invalid-policy', severity: 'warning', message: how });
}

/** Warns of each field that is not among these; whether there is one. */
export function warnUnknownFields(fields: Fields, known: readonly string[], how: string): boolean {
  const unknown = Object.keys(fields.value).filter((key) => !known.includes(key) && fields.value[key] != null);
  for (const key of unknown) unread(fields, key, `is not understood: ${how}`);
  return unknown.length > 0;
}

function report(
  fields: Fields,
  key: string | undefined,
  problem: Pick<Problem, 'code' | 'severity' | 'message'>,
): void {
  fields.report({ ...fields.place, ...problem, field: key === undefined ? fields.path : pathOf(fields, key) });
}
