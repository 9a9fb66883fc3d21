import { EVENT_ID, getScalarValue } from 'js-yaml';
import type { Entries, Span } from '../../model/layout.ts';
import type { Line } from './line.ts';
import { type Block, plainValue, readSections, type Sections } from './section.ts';
import { childrenOf, eventOf, type YamlNode } from './yaml-tree.ts';

/** The text that is being opened. */
export interface Source {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** One object as it lies in a text: a document, or an entry of a list. */
export interface Entry {
  readonly source: Source;
  /** Its text without its dash or marker. */
  readonly content: Span;
  /** Its lines, where it may be in block style. */
  readonly block: Block | undefined;
  /** The same, where no directive before them may change what they mean. */
  readonly plain: Block | undefined;
  /** Parses it, once. Throws what the parser throws. */
  readonly node: () => YamlNode;
}

/** The `items` of an object. */
export interface OpenedList {
  readonly layout: Entries;
  readonly entries: readonly Entry[];
  /** By the position of an entry with aliases of anchors in other entries: the positions of those. */
  readonly uses: ReadonlyMap<number, ReadonlySet<number>>;
}

/** What an object has at `items`: a list, nothing, or something that is no list. */
export type ItemsRead =
  | { readonly kind: 'list'; readonly list: OpenedList }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong'; readonly offset: number };

/** What an object is, as far as its top level says; `sections` where that was found without parsing. */
export interface Look {
  readonly shape: 'mapping' | 'null' | 'a string' | 'a list' | 'an alias';
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  readonly sections: Sections | undefined;
}

/** Looks at an object's type: at its lines where they say it for sure, else by parsing. Throws what the parser throws. */
export function lookAt(entry: Entry): Look {
  const { source, block } = entry;
  const sections = block === undefined ? undefined : readSections(source.text, source.lines, block);
  if (sections !== undefined) {
    const apiVersion = plainValue(source.text, source.lines, sections, 'apiVersion');
    const kind = plainValue(source.text, source.lines, sections, 'kind');
    if (apiVersion !== undefined && kind !== undefined) return { shape: 'mapping', apiVersion, kind, sections };
  }
  return lookAtNode(entry.node());
}

function lookAtNode(node: YamlNode): Look {
  const event = eventOf(node);
  const nothing = { apiVersion: undefined, kind: undefined, sections: undefined };
  if (event?.type === EVENT_ID.SEQUENCE) return { shape: 'a list', ...nothing };
  if (event?.type === EVENT_ID.ALIAS) return { shape: 'an alias', ...nothing };
  if (event?.type !== EVENT_ID.MAPPING) return { shape: isNull(node) ? 'null' : 'a string', ...nothing };
  return {
    shape: 'mapping',
    apiVersion: stringAt(node, 'apiVersion'),
    kind: stringAt(node, 'kind'),
    sections: undefined,
  };
}

/** The value at a key of a mapping; the first one where a key is written twice. */
export function valueAt(node: YamlNode, key: string): YamlNode | undefined {
  return pairsOf(node).find((pair) => scalarOf(pair.key)?.value === key)?.value;
}

/** The keys and values of a mapping. */
export function pairsOf(node: YamlNode): { key: YamlNode; value: YamlNode }[] {
  const children = childrenOf(node);
  return children.flatMap((key, number) => {
    const value = children[number + 1];
    return number % 2 === 0 && value !== undefined ? [{ key, value }] : [];
  });
}

/** Whether a node is an empty or null scalar. */
export function isNull(node: YamlNode): boolean {
  const scalar = scalarOf(node);
  return scalar?.isPlain === true && /^(?:|~|null|Null|NULL)$/.test(scalar.value);
}

function stringAt(node: YamlNode, key: string): string | undefined {
  const value = valueAt(node, key);
  const scalar = value === undefined ? undefined : scalarOf(value);
  if (scalar === undefined || (scalar.isPlain && /^(?:|~|null|true|false|[-+.0-9]+)$/i.test(scalar.value))) {
    return undefined;
  }
  return scalar.value === '' ? undefined : scalar.value;
}

function scalarOf(node: YamlNode): { value: string; isPlain: boolean } | undefined {
  const event = eventOf(node);
  if (event?.type !== EVENT_ID.SCALAR) return undefined;
  const isPlain = event.style === 1 && event.tagStart < 0;
  return { value: event.valueStart < 0 ? '' : getScalarValue(node.tree.source, event), isPlain };
}
