import type { Span } from '../../model/layout.ts';
import type { EntryLines } from './block-entries.ts';
import type { Entry, Source } from './entry.ts';
import type { Block } from './section.ts';
import { childrenOf, documentNodes, parseTree, type YamlNode } from './yaml-tree.ts';

/**
 * An entry of a list that was cut at its dashes. There may be a hundred thousand of them, so it is a few numbers, which
 * are its span and its lines as well.
 */
export class SlicedEntry implements Entry, Block, Span {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
  /** Offset behind the dash. */
  readonly start: number;
  readonly end: number;
  /** Offset of the dash's line. */
  private readonly line: number;
  private parsed: YamlNode | undefined = undefined;

  constructor(source: Source, { from, to, start, end }: EntryLines, column: number) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.start = start + column + 1;
    this.end = end;
    this.line = start;
  }

  get content(): Span {
    return this;
  }

  get block(): Block {
    return this;
  }

  get plain(): Block {
    return this;
  }

  /** Parsed, when it is, out of its own lines: with its dash, so that indentation means the same. */
  node(): YamlNode {
    this.parsed ??= this.parse();
    return this.parsed;
  }

  private parse(): YamlNode {
    const list = documentNodes(parseTree(this.source.text, this.line, this.end))[0] as YamlNode;
    return childrenOf(list)[0] as YamlNode;
  }
}
