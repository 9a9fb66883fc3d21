import type { Config } from '../model/config.ts';
import type { ListDeclaration, RequestDeclaration, Settings, Trust } from '../model/declaration.ts';
import type { Direction, Isolate } from '../model/direction.ts';
import type { Expectation } from '../model/expectation.ts';
import { MARK, PROVENANCE } from '../model/mark.ts';
import { nearest } from '../model/nearest.ts';
import { type Place, placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import { isWrittenKind } from '../model/written-kinds.ts';
import { readExpectations } from './expect/read-expectations.ts';
import { isMapping } from './fields.ts';
import { grammarProblem } from './grammar/grammar-error.ts';
import { parseKnownList } from './grammar/known-lists.ts';
import { parseRequests } from './grammar/parse-requests.ts';
import type { ReadObject } from './resource.ts';
import { newStringMap } from './string-map.ts';

/** What an object may be for annotations. */
export type Role = 'workload' | 'service' | 'namespace' | 'other';

/** Everything that annotations say. */
export interface Declarations {
  readonly lists: readonly ListDeclaration[];
  readonly settings: ReadonlyMap<Resource, Settings>;
  readonly expectations: readonly Expectation[];
  readonly requests: readonly RequestDeclaration[];
}

type Said =
  | { readonly list: ListDeclaration }
  | { readonly settings: Settings }
  | { readonly requests: RequestDeclaration }
  | { readonly expectations: readonly Expectation[] };

interface Annotation {
  readonly on: readonly Role[];
  readonly read: (value: unknown, subject: Resource, place: Place, key: string, report: Report) => Said | undefined;
}

const EVERY_ROLE = ['workload', 'service', 'namespace'] as const;

/** The annotations that Postern knows, by name without the prefix. */
const ANNOTATIONS: ReadonlyMap<string, Annotation> = new Map([
  ['allow-from', { on: EVERY_ROLE, read: listOf('Ingress') }],
  ['allow-to', { on: EVERY_ROLE, read: listOf('Egress') }],
  [
    'isolate',
    {
      on: ['workload', 'namespace'],
      read: choiceOf<Isolate>(['none', 'ingress', 'egress', 'both'], (isolate) => ({ isolate })),
    },
  ],
  ['trust', { on: EVERY_ROLE, read: choiceOf<Trust>(['either', 'namespace', 'own'], (trust) => ({ trust })) }],
  ['dns', { on: ['workload', 'namespace'], read: choiceOf(['none'], () => ({ noDns: true })) }],
  ['http', { on: ['workload', 'service'], read: readRequested }],
  ['expect', { on: EVERY_ROLE, read: readExpected }],
]);

/** Annotations that Postern itself writes on its policies. */
const WRITTEN: ReadonlySet<string> = new Set([MARK, PROVENANCE]);

/** The annotations of one object that Postern may know, as they came from YAML. */
export interface Words {
  readonly resource: Resource;
  readonly role: Role;
  readonly annotations: Readonly<Record<string, unknown>>;
  /** Fields of its pod template that hold such annotations, other ones than the object itself has. */
  readonly misplaced: readonly string[];
}

/** What an object says; undefined where it says nothing. */
export function wordsOf(object: ReadObject, role: Role, config: Config): Words | undefined {
  const { resource, fields } = object;
  const written = annotationsAt(fields.value, OWN);
  const misplaced = role === 'workload' ? misplacedIn(object, written, config) : NONE;
  let annotations: Record<string, unknown> | undefined;
  for (const key of Object.keys(written)) {
    if (!key.startsWith(config.annotationPrefix) || isWritten(key, resource)) continue;
    annotations ??= newStringMap<unknown>();
    annotations[key] = written[key];
  }
  if (annotations === undefined && misplaced.length === 0) return undefined;
  return { resource, role, annotations: annotations ?? {}, misplaced };
}

const NONE: readonly string[] = [];

/** Reads the annotations of every object. */
export function readAnnotations(objects: readonly Words[], { annotationPrefix }: Config, report: Report): Declarations {
  const lists: ListDeclaration[] = [];
  const settings = new Map<Resource, Settings>();
  const expectations: Expectation[] = [];
  const requests: RequestDeclaration[] = [];
  for (const words of objects) {
    const { resource } = words;
    for (const said of readWords(words, annotationPrefix, report)) {
      if ('list' in said) lists.push(said.list);
      else if ('expectations' in said) expectations.push(...said.expectations);
      else if ('requests' in said) requests.push(said.requests);
      else settings.set(resource, { ...settings.get(resource), ...said.settings });
    }
    for (const field of words.misplaced) reportInTemplate(resource, field, report);
  }
  return { lists, settings, expectations, requests };
}

function readWords({ resource, role, annotations }: Words, prefix: string, report: Report): Said[] {
  const said: Said[] = [];
  for (const key of Object.keys(annotations)) {
    const place = placeOf(resource, `metadata.annotations["${key}"]`);
    const annotation = ANNOTATIONS.get(key.slice(prefix.length));
    if (annotation === undefined) reportUnknown(key, prefix, place, report);
    else if (!annotation.on.includes(role)) reportMisplaced(key, annotation, resource, place, report);
    else {
      const read = annotation.read(annotations[key], resource, place, key, report);
      if (read !== undefined) said.push(read);
    }
  }
  return said;
}

function isWritten(key: string, resource: Resource): boolean {
  const isPolicy = resource.kind.endsWith('NetworkPolicy') || isWrittenKind(resource);
  return isPolicy && WRITTEN.has(key);
}

function listOf(direction: Direction): Annotation['read'] {
  return (value, subject, place, key, report) => {
    if (typeof value !== 'string') {
      const want = 'must be a string with the peers of this object, or "none"';
      report({ ...place, code: 'invalid-annotation', severity: 'error', message: `${want}, got ${typeName(value)}` });
      return undefined;
    }
    const parsed = parseKnownList(value);
    if ('items' in parsed) return { list: { direction, items: parsed.items, subject, place, origin: key } };
    for (const error of parsed.errors) report(grammarProblem(error, place));
    return undefined;
  };
}

function readRequested(value: unknown, subject: Resource, place: Place, key: string, report: Report): Said | undefined {
  if (typeof value !== 'string') {
    const message = `must be a string with what callers may request, such as "GET /api", got ${typeName(value)}`;
    report({ ...place, code: 'invalid-annotation', severity: 'error', message });
    return undefined;
  }
  const parsed = parseRequests(value);
  if ('lines' in parsed) return { requests: { lines: parsed.lines, subject, place, origin: key } };
  for (const error of parsed.errors) report(grammarProblem(error, place));
  return undefined;
}

function readExpected(value: unknown, subject: Resource, place: Place, _key: string, report: Report): Said | undefined {
  if (typeof value === 'string') return { expectations: readExpectations(value, { subject, place, report }) };
  const message = `must be a string with what is expected of this object, such as "-> cart", got ${typeName(value)}`;
  report({ ...place, code: 'invalid-annotation', severity: 'error', message });
  return undefined;
}

function choiceOf<Choice extends string>(
  choices: readonly Choice[],
  settingsOf: (choice: Choice) => Settings,
): Annotation['read'] {
  return (value, _subject, place, _key, report) => {
    const choice = choices.find((candidate) => candidate === (typeof value === 'string' ? value.trim() : value));
    if (choice !== undefined) return { settings: settingsOf(choice) };
    const got = typeof value === 'string' ? `"${value}"` : typeName(value);
    const want = typeof value === 'string' ? nearest(value, choices) : undefined;
    const must = choices.length === 1 ? `"${choices[0]}", or not be there` : orList(choices);
    report({
      ...place,
      code: 'invalid-annotation',
      severity: 'error',
      message: `must be ${must}, got ${got}${didYouMean(want)}`,
      ...(typeof value === 'string' ? { got: value } : {}),
      ...(want === undefined ? {} : { want }),
    });
    return undefined;
  };
}

function reportUnknown(key: string, prefix: string, place: Place, report: Report): void {
  const want = nearest(key.slice(prefix.length), ANNOTATIONS.keys());
  report({
    ...place,
    code: 'unknown-annotation',
    severity: 'error',
    message: `must have ${orList([...ANNOTATIONS.keys()])} after "${prefix}", got "${key}"${didYouMean(want === undefined ? want : prefix + want)}`,
    got: key,
    ...(want === undefined ? {} : { want: prefix + want }),
  });
}

function reportMisplaced(key: string, annotation: Annotation, resource: Resource, place: Place, report: Report): void {
  const on = orList(annotation.on.map((role) => ROLE_NAMES[role]));
  const message = `is not read on a ${resource.kind}: "${key}" speaks on ${on}`;
  report({ ...place, code: 'misplaced-annotation', severity: 'info', message });
}

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  workload: 'a workload',
  service: 'a Service',
  namespace: 'a Namespace',
  other: 'no object',
};

/** The annotations of a pod template, where they do more than repeat the object's own. */
function misplacedIn({ resource, fields }: ReadObject, own: Annotations, config: Config): readonly string[] {
  const misplaced: string[] = [];
  const find = (path: readonly string[]): void => {
    const annotations = annotationsAt(fields.value, path);
    if (annotations === NO_ANNOTATIONS) return;
    for (const key of Object.keys(annotations)) {
      if (!key.startsWith(config.annotationPrefix) || annotations[key] === own[key]) continue;
      misplaced.push(`${path.join('.')}.annotations["${key}"]`);
    }
  };
  for (const path of TEMPLATES) find(path);
  for (const { kind, template } of config.workloadKinds) {
    if (kind === resource.kind) find([...template, 'metadata']);
  }
  return misplaced;
}

/** An annotation of a pod template is not read, since editing one restarts pods; it is harmless where it only repeats. */
function reportInTemplate(resource: Resource, field: string, report: Report): void {
  const message =
    'must be on the object itself, in its metadata.annotations: a pod template is not read, since editing one restarts its pods';
  report({ ...placeOf(resource, field), code: 'template-annotation', severity: 'error', message });
}

/** Where the metadata of an object stands, and that of its pod template. */
const OWN = ['metadata'] as const;
const TEMPLATES = [
  ['spec', 'template', 'metadata'],
  ['spec', 'jobTemplate', 'metadata'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
] as const;

type Annotations = Readonly<Record<string, unknown>>;

const NO_ANNOTATIONS: Annotations = {};

/** The annotations of the metadata at a path. */
function annotationsAt(value: unknown, path: readonly string[]): Annotations {
  let at = value;
  for (const key of path) {
    if (!isMapping(at)) return NO_ANNOTATIONS;
    at = at[key];
  }
  const annotations = isMapping(at) ? at['annotations'] : undefined;
  return isMapping(annotations) ? annotations : NO_ANNOTATIONS;
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : `the ${typeof value} ${value}`;
}

function didYouMean(want: string | undefined): string {
  return want === undefined ? '' : ` (did you mean "${want}"?)`;
}

function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
