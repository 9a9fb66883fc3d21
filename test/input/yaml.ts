import { CORE_SCHEMA, loadAll, mergeTag } from 'js-yaml';

const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** All documents of a text, as a parser of the whole text reads them; undefined where it refuses. */
export function parseAll(text: string): unknown[] | undefined {
  try {
    return loadAll(text, { schema: SCHEMA, maxDepth: 500 });
  } catch {
    return undefined;
  }
}

/** The only document of a text, where it is a mapping. */
export function parseMapping(text: string): Readonly<Record<string, unknown>> | undefined {
  const documents = parseAll(text);
  const [value] = documents ?? [];
  const isMapping = documents?.length === 1 && typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMapping ? (value as Readonly<Record<string, unknown>>) : undefined;
}
