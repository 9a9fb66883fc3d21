import type { InputItem } from '../../model/input.ts';
import { readPlain } from '../plain/read-plain.ts';
import { construct, type Read } from './construct.ts';
import type { Entry } from './entry.ts';

/** What an object is: as written, or told by the list's kind for members of a PodList and its like. */
export interface ItemType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An item as it lies in its text; nothing of it is copied, and nothing is kept of what was read. */
export class CutItem implements InputItem {
  readonly index: number;
  readonly apiVersion: string;
  readonly kind: string;
  declare readonly file?: string;
  declare readonly fileIndex?: number;
  private readonly entry: Entry;
  /** Whether its type is not written in it. */
  private readonly isTold: boolean;

  constructor(index: number, { apiVersion, kind }: ItemType, entry: Entry, isTold: boolean) {
    this.index = index;
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.entry = entry;
    this.isTold = isTold;
  }

  get text(): string {
    const { source, content } = this.entry;
    return source.text.slice(content.start, content.end);
  }

  read(): Read {
    const { entry, apiVersion, kind } = this;
    const { source, plain } = entry;
    const read = (plain && readPlain(source.text, source.lines, plain)) ?? construct(() => entry.node(), source.text);
    if (!this.isTold || 'problem' in read) return read;
    return { value: { apiVersion, kind, ...(read.value as object) } };
  }
}
