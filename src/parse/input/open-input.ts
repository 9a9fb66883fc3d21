import type { Input, InputItem } from '../../model/input.ts';
import type { Part, Site, StandIn } from '../../model/layout.ts';
import type { Report } from '../../model/problem.ts';
import { type Collecting, collectObject } from './collect-items.ts';
import { type DocumentLines, splitDocuments } from './document.ts';
import { type Entry, lookAt, type Source } from './entry.ts';
import { isFiller, type Lines, splitLines, startOfLine } from './lines.ts';
import type { Look } from './look.ts';
import { isNull } from './look-at-node.ts';
import { once } from './once.ts';
import { isJson, type OpenedResourceList, openResourceList } from './open-resource-list.ts';
import { problemAt } from './point-at.ts';
import { problemOf } from './yaml-error.ts';
import { documentNodes, parseTree, type YamlNode } from './yaml-tree.ts';

/** A file of the command line. */
export interface InputFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Opens what came on stdin: a ResourceList, or a stream of objects, as YAML or JSON. Undefined after a report that
 * leaves nothing to work on; reported items are left out, but keep their number.
 */
export function openInput(text: string, report: Report): Input | undefined {
  return openTexts([{ text }], report);
}

/** Opens the files of the command line, in the order given; their objects become one stream. */
export function openFiles(files: readonly InputFile[], report: Report): Input | undefined {
  return openTexts(
    files.map(({ path, text }) => ({ text, file: path })),
    report,
  );
}

interface Text {
  readonly text: string;
  readonly file?: string;
}

interface Opening {
  readonly items: InputItem[];
  readonly sites: Site[];
  readonly standIns: StandIn[];
  readonly parts: Part[];
  readonly report: Report;
}

/** One document of a text. */
interface Found {
  readonly entry: Entry;
  readonly document: DocumentLines;
}

function openTexts(texts: readonly Text[], report: Report): Input | undefined {
  const reported: unknown[] = [];
  const opening: Opening = {
    items: [],
    sites: [],
    standIns: [],
    parts: [],
    report: (problem) => {
      reported.push(problem);
      report(problem);
    },
  };
  const found = texts.map((text) => documentsOf(text, opening.report));
  if (found.some((documents) => documents === undefined)) return undefined;
  const all = found.flatMap((documents) => documents ?? []);
  if (all.length === 0) {
    reportEmpty(texts, report);
    return undefined;
  }
  let opened: OpenedResourceList | undefined;
  for (const [number, text] of texts.entries()) {
    const documents = found[number] ?? [];
    const list = findResourceList(documents);
    if (list !== undefined && all.length > 1) return reportMixed(text, list.found, report);
    opened = openText(opening, text, documents, list);
    if (list !== undefined && opened === undefined) return undefined;
  }
  const { items, sites, standIns, parts } = opening;
  if (items.length === 0 && opened === undefined && reported.length > 0) return undefined;
  const layout = { parts, sites, standIns };
  const form = opened === undefined ? 'stream' : 'resource-list';
  return { form, items, functionConfig: opened?.functionConfig, layout };
}

/** The documents that hold something. Undefined where the text cannot be split. */
function documentsOf({ text, file }: Text, report: Report): Found[] | undefined {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const problem = problemAt(text, nul, 'invalid-yaml', 'must be valid YAML, but holds a null character');
    report({ severity: 'error', ...problem, ...(file === undefined ? {} : { file }) });
    return undefined;
  }
  const source = { text, lines: splitLines(text) };
  return splitDocuments(text, source.lines)
    .map((document) => ({ document, entry: entryOf(source, document) }))
    .filter(({ entry, document }) => !isEmpty(entry, document));
}

function entryOf(source: Source, document: DocumentLines): Entry {
  const { lines } = source;
  const end = startOfLine(lines, document.contentTo);
  const block = { from: document.contentFrom, to: document.contentTo, start: document.contentStart };
  return {
    source,
    content: { start: document.contentStart, end },
    block: document.hasTagDirective ? undefined : block,
    plain: document.from === document.contentFrom ? block : undefined,
    node: once(() => {
      const tree = parseTree(source.text, startOfLine(lines, document.from), end);
      return documentNodes(tree)[0] as YamlNode;
    }),
  };
}

/** Whether a document holds comments only, or a plain null. */
function isEmpty({ source, content, node }: Entry, document: DocumentLines): boolean {
  const { text, lines } = source;
  const { contentFrom, contentStart, contentTo } = document;
  const beside = text.slice(contentStart, lines.ends[contentFrom]);
  if (document.hasMarker && /^[ \t]*(?:[ \t]#.*)?$/.test(beside)) {
    if (holdsFillers(lines, contentFrom + 1, contentTo)) return true;
  }
  if (!/^(?:~|null|Null|NULL)\s*$/.test(text.slice(content.start, content.end).trimStart())) return false;
  return isNull(node());
}

function holdsFillers(lines: Lines, from: number, to: number): boolean {
  let number = from;
  while (number < to && isFiller(lines, number)) number += 1;
  return number === to;
}

/** A document that is a ResourceList, and what its top says. */
interface FoundList {
  readonly found: Found;
  readonly look: Look;
}

function findResourceList(documents: readonly Found[]): FoundList | undefined {
  for (const found of documents) {
    const look = tryLook(found.entry);
    if (look?.kind === 'ResourceList') return { found, look };
  }
  return undefined;
}

/** What cannot be parsed is the problem of whoever collects it. */
function tryLook(entry: Entry): Look | undefined {
  try {
    return lookAt(entry);
  } catch (error) {
    problemOf(error, entry.source.text);
    return undefined;
  }
}

function openText(
  opening: Opening,
  { text, file }: Text,
  documents: readonly Found[],
  list: FoundList | undefined,
): OpenedResourceList | undefined {
  const { items, sites, standIns, parts, report } = opening;
  const first = sites.length;
  const into: Collecting = { part: parts.length, file, first, report, items, sites, standIns, lists: [] };
  const opened = list && openResourceList(into, list.found.entry, list.look, list.found.document);
  if (list === undefined) for (const found of documents) collectDocument(into, found);
  parts.push({
    text,
    newline: /^[^\r\n]*\r\n/.test(text) ? '\r\n' : '\n',
    lists: into.lists,
    json: documents.length === 1 && isJson({ text }),
    ...(file === undefined ? {} : { file }),
    ...(opened === undefined ? {} : { resourceList: opened.layout }),
  });
  return opened;
}

function collectDocument(into: Collecting, { entry, document }: Found): void {
  const { lines } = entry.source;
  const span = { start: startOfLine(lines, document.from), end: startOfLine(lines, document.to) };
  collectObject(into, entry, { kind: 'document', part: into.part, span, content: entry.content });
}

function reportEmpty(texts: readonly Text[], report: Report): void {
  const what = texts.every(({ text }) => text.trim() === '')
    ? 'nothing'
    : 'no object, only comments or empty documents';
  const where = texts[0]?.file === undefined ? 'stdin' : 'the files';
  report({
    code: 'empty-input',
    severity: 'error',
    message: `${where} must hold a ResourceList or Kubernetes objects, got ${what}`,
  });
}

function reportMixed({ text, file }: Text, { entry }: Found, report: Report): undefined {
  const message = 'a ResourceList must be the only document of its input';
  report({
    severity: 'error',
    ...problemAt(text, entry.content.start, 'mixed-input', message),
    ...(file === undefined ? {} : { file }),
  });
  return undefined;
}
