import type { Part, ResourceListLayout, Span } from '../../model/layout.ts';
import { readPlain } from '../plain/read-plain.ts';
import { behindBlank } from './behind-blank.ts';
import { type Collecting, collectEntries } from './collect-items.ts';
import { construct } from './construct.ts';
import type { DocumentLines } from './document.ts';
import type { Entry } from './entry.ts';
import { isFiller, type Lines, startOfLine } from './lines.ts';
import type { Look } from './look.ts';
import { valueAt } from './look-at-node.ts';
import { openItems } from './open-list.ts';
import { problemAt } from './point-at.ts';
import { keysOfNode, layoutOfNode } from './resource-list-by-events.ts';
import type { Section } from './section.ts';
import { problemOf, YamlError } from './yaml-error.ts';
import { documentNodes, parseTree, type YamlNode } from './yaml-tree.ts';

const VERSIONS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => `config.kubernetes.io/${version}`);

/** What a ResourceList holds beside its items. */
export interface OpenedResourceList {
  readonly layout: ResourceListLayout;
  readonly functionConfig: unknown;
}

/** Opens a ResourceList and adds its items. Undefined after a report that leaves nothing to work on. */
export function openResourceList(
  into: Collecting,
  entry: Entry,
  look: Look,
  document: DocumentLines,
): OpenedResourceList | undefined {
  const { text } = entry.source;
  if (!VERSIONS.includes(look.apiVersion ?? '')) {
    const got = look.apiVersion === undefined ? 'none' : `"${look.apiVersion}"`;
    const message = `a ResourceList must have apiVersion ${VERSIONS.join(' or ')}, got ${got}`;
    return fail(into, text, document.contentStart, 'invalid-input', message);
  }
  try {
    refuseRepeatedKeys(entry, look);
    const items = openItems(entry, look.sections);
    if (items.kind === 'wrong') return fail(into, text, items.offset, 'invalid-input', 'items must be a list');
    const number = items.kind === 'missing' ? undefined : collectEntries(into, items.list);
    const functionConfig = readFunctionConfig(into, entry, look);
    return { layout: layoutOf(entry, look, document, number), functionConfig };
  } catch (error) {
    into.report({ ...fileOf(into), severity: 'error', ...problemOf(error, text) });
    return undefined;
  }
}

function fail(into: Collecting, text: string, offset: number, code: string, message: string): undefined {
  into.report({ ...fileOf(into), severity: 'error', ...problemAt(text, offset, code, message) });
  return undefined;
}

function fileOf({ file }: Collecting): { readonly file?: string } {
  return file === undefined ? {} : { file };
}

/** Which of two `items` counts is nobody's to guess. Throws a YamlError. */
function refuseRepeatedKeys(entry: Entry, look: Look): void {
  const keys = look.sections?.sections.map(({ key, value }) => ({ key, offset: value })) ?? keysOfNode(entry);
  const seen = new Set<string>();
  for (const { key, offset } of keys) {
    if (seen.has(key)) throw new YamlError(`must be valid YAML: the key "${key}" is written twice`, offset);
    seen.add(key);
  }
}

/** Parses the functionConfig out of its own lines; where those do not stand alone, out of the whole. */
function readFunctionConfig(into: Collecting, entry: Entry, look: Look): unknown {
  const { text } = entry.source;
  const section = look.sections?.sections.find(({ key }) => key === 'functionConfig');
  if (look.sections !== undefined && section === undefined) return undefined;
  if (section !== undefined) {
    const plain = readPlainSection(entry, section);
    if (plain !== undefined) return plain.value ?? undefined;
    const read = construct(() => nodeOfSection(entry, section), text);
    if ('value' in read) return read.value ?? undefined;
  }
  const node = valueAt(entry.node(), 'functionConfig');
  if (node === undefined) return undefined;
  const read = construct(() => node, text);
  if ('value' in read) return read.value ?? undefined;
  into.report({ ...fileOf(into), severity: 'error', field: 'functionConfig', ...read.problem });
  return undefined;
}

function readPlainSection({ source: { text, lines } }: Entry, section: Section): { value: unknown } | undefined {
  const { from, to, key } = section;
  const read = readPlain(text, lines, { from, to, start: startOfLine(lines, from) });
  return read && { value: read.value[key] };
}

function nodeOfSection({ source }: Entry, section: Section): YamlNode {
  const start = startOfLine(source.lines, section.from);
  const tree = parseTree(source.text, start, startOfLine(source.lines, section.to));
  return valueAt(documentNodes(tree)[0] as YamlNode, section.key) as YamlNode;
}

function layoutOf(entry: Entry, look: Look, document: DocumentLines, items: number | undefined): ResourceListLayout {
  const { text, lines } = entry.source;
  const at = document.contentTo < lines.length ? startOfLine(lines, document.contentTo) : text.length;
  if (look.sections !== undefined) {
    const results = look.sections.sections.find(({ key }) => key === 'results');
    const end = { kind: 'block', at, column: look.sections.column } as const;
    return { items, results: results === undefined ? undefined : linesOfSection(lines, results), end };
  }
  return layoutOfNode(entry, items, at);
}

/** A section without the comments behind it that stand no deeper than its key. */
function linesOfSection(lines: Lines, { from, to }: Section): Span {
  const column = lines.columns[from] as number;
  let end = to;
  while (end > from + 1 && isGap(lines, end - 1, column)) end -= 1;
  return { start: startOfLine(lines, from), end: startOfLine(lines, behindBlank(lines, end)) };
}

function isGap(lines: Lines, number: number, column: number): boolean {
  return isFiller(lines, number) && (lines.firsts[number] === 0 || (lines.columns[number] as number) <= column);
}

/** Whether a text's part is one JSON document. */
export function isJson(part: Pick<Part, 'text'>): boolean {
  if (!/^\uFEFF?\s*\{/.test(part.text)) return false;
  try {
    JSON.parse(part.text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
