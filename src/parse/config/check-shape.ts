import * as z from 'zod/mini';
import { isMapping } from '../fields.ts';
import { reportIssues } from './report-issues.ts';
import { type RawSpec, specSchema } from './schema.ts';
import type { Spot } from './spot.ts';

/** Reports what has the wrong shape, and leaves those fields out, so that the others are read too. */
export function checkShape(spec: unknown, spot: Spot): RawSpec {
  const checked = z.safeParse(specSchema, spec);
  if (checked.success) return checked.data;
  reportIssues(checked.error.issues, spec, spot);
  const rest = z.safeParse(specSchema, withoutWrong(spec, checked.error.issues));
  return rest.success ? rest.data : {};
}

function withoutWrong(spec: unknown, issues: readonly z.core.$ZodIssue[]): Record<string, unknown> {
  const rest: Record<string, unknown> = isMapping(spec) ? { ...spec } : {};
  for (const issue of issues) {
    const [field, name] = issue.path;
    const keys = issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys : [String(field)];
    const { peers } = rest;
    if (field === 'peers' && name !== undefined && isMapping(peers)) {
      rest['peers'] = Object.fromEntries(Object.entries(peers).filter(([key]) => key !== name));
    } else for (const key of keys) delete rest[key];
  }
  return rest;
}
