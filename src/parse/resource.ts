import { type Place, placeOf, type Report } from '../model/problem.ts';
import type { Resource, Source, StringMap } from '../model/resource.ts';
import { type Fields, fieldsOf, isMapping, mapping, string } from './fields.ts';
import { NO_STRINGS, newStringMap } from './string-map.ts';

/** A resource together with the fields of its object. */
export interface ReadObject {
  readonly resource: Resource;
  readonly fields: Fields;
}

const PREVIOUS_NAMES = 'internal.config.kubernetes.io/previousNames';
const PREVIOUS_NAMESPACES = 'internal.config.kubernetes.io/previousNamespaces';
const PREFIXES = 'internal.config.kubernetes.io/prefixes';
const SUFFIXES = 'internal.config.kubernetes.io/suffixes';
const UPSTREAM = 'internal.kpt.dev/upstream-identifier';
const HISTORIC = [PREVIOUS_NAMES, PREVIOUS_NAMESPACES, PREFIXES, SUFFIXES, UPSTREAM];
/** Written by Kustomize for objects that had no namespace; they never stand for a namespace that a user wrote. */
const NO_NAMESPACE: ReadonlySet<string> = new Set(['default', '_non_namespaceable_']);

/**
 * Reads what an object is called. Reports wrong types in metadata, and a missing name.
 * `value` is the parsed object with an apiVersion and a kind.
 */
export function readResource(
  value: Readonly<Record<string, unknown>>,
  apiVersion: string,
  kind: string,
  source: Source,
  report: Report,
): ReadObject {
  const metadata = mapping(fieldsOf(value, placeAsWritten(value, apiVersion, kind, source), report), 'metadata');
  const name = metadata === undefined ? undefined : (string(metadata, 'name') ?? '');
  const generateName = metadata === undefined ? undefined : string(metadata, 'generateName');
  const namespace = metadata === undefined ? undefined : string(metadata, 'namespace') || undefined;
  const annotations = lenientMap(metadata, 'annotations');
  const { previousNames, previousNamespaces, prefixes, suffixes } = history(annotations, name ?? '', namespace);
  const resource: Resource = {
    apiVersion,
    kind,
    name: name || generateName || '',
    generateName: !name && Boolean(generateName),
    namespace,
    previousNames,
    previousNamespaces,
    prefixes,
    suffixes,
    labels: lenientMap(metadata, 'labels'),
    annotations,
    source,
  };
  const place = placeOf(resource);
  // A name of a wrong type is reported already.
  if (resource.name === '' && (metadata?.value['name'] ?? '') === '') {
    report({ ...place, code: 'missing-name', severity: 'error', field: 'metadata.name', message: 'must not be empty' });
  }
  return { resource, fields: fieldsOf(value, place, report) };
}

/** The place of an object whose metadata is being read. */
function placeAsWritten(
  value: Readonly<Record<string, unknown>>,
  apiVersion: string,
  kind: string,
  source: Source,
): Place {
  const { name, namespace } = isMapping(value['metadata']) ? value['metadata'] : {};
  return placeOf({
    apiVersion,
    kind,
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    source,
  });
}

/** The string entries of a map: labels and annotations that Postern does not use may hold anything. */
function lenientMap(metadata: Fields | undefined, key: string): StringMap {
  const entries = metadata === undefined ? undefined : mapping(metadata, key);
  if (entries === undefined) return NO_STRINGS;
  const strings = newStringMap();
  for (const name of Object.keys(entries.value)) {
    const value = entries.value[name];
    if (typeof value === 'string') strings[name] = value;
  }
  return strings;
}

type History = Pick<Resource, 'previousNames' | 'previousNamespaces' | 'prefixes' | 'suffixes'>;

/** What Kustomize's and kpt's annotations say of earlier names. */
function history(annotations: StringMap, name: string, namespace: string | undefined): History {
  if (HISTORIC.every((key) => annotations[key] === undefined)) return NO_HISTORY;
  const upstream = upstreamIdentifier(annotations[UPSTREAM]);
  const names = join(upstream.names, chain(annotations[PREVIOUS_NAMES]));
  const namespaces = join(upstream.namespaces, chain(annotations[PREVIOUS_NAMESPACES]));
  return {
    previousNames: without(names, (previous) => previous === name),
    previousNamespaces: without(namespaces, (previous) => previous === namespace || NO_NAMESPACE.has(previous)),
    prefixes: chain(annotations[PREFIXES]),
    suffixes: chain(annotations[SUFFIXES]),
  };
}

/** kpt writes `group|kind|namespace|name`. */
function upstreamIdentifier(text: string | undefined): { names: readonly string[]; namespaces: readonly string[] } {
  if (text === undefined) return NOWHERE;
  const [, , namespace, name] = text.split('|');
  return { names: name ? [name] : [], namespaces: namespace ? [namespace] : [] };
}

const NONE: readonly string[] = [];
const NOWHERE = { names: NONE, namespaces: NONE };
const NO_HISTORY: History = { previousNames: NONE, previousNamespaces: NONE, prefixes: NONE, suffixes: NONE };

function chain(text: string | undefined): readonly string[] {
  if (text === undefined) return NONE;
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function join(earlier: readonly string[], later: readonly string[]): readonly string[] {
  return earlier.length === 0 ? later : [...earlier, ...later];
}

/** Each of the others once. Most objects have no history. */
function without(values: readonly string[], isOut: (value: string) => boolean): readonly string[] {
  return values.length === 0 ? NONE : [...new Set(values)].filter((value) => !isOut(value));
}
