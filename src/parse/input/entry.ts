import type { Entries, Span } from '../../model/layout.ts';
import type { Lines } from './lines.ts';
import type { Look } from './look.ts';
import { lookAtNode } from './look-at-node.ts';
import { type Block, plainValue, readSections } from './section.ts';
import type { YamlNode } from './yaml-tree.ts';

/** The text that is being opened. */
export interface Source {
  readonly text: string;
  readonly lines: Lines;
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

/** Looks at an object's type: at its lines where they say it for sure, else by parsing. Throws what the parser throws. */
export function lookAt(entry: Entry): Look {
  const { source, block } = entry;
  const sections = block === undefined ? undefined : readSections(source.text, source.lines, block);
  if (sections !== undefined) {
    const apiVersion = plainValue(sections, 'apiVersion');
    const kind = plainValue(sections, 'kind');
    if (apiVersion !== undefined && kind !== undefined) return { shape: 'mapping', apiVersion, kind, sections };
  }
  return lookAtNode(entry.node());
}
