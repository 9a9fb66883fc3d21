/** A stretch of text: offsets in UTF-16 units, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A list in block style. Its entries are whole lines, from the dash's line to the last line of the entry. */
export interface BlockEntries {
  readonly kind: 'block';
  readonly entries: readonly Span[];
  /** Column of the dashes. */
  readonly column: number;
  /** Where `[]` may stand once every entry is gone: behind the key's colon, where nothing but a comment follows. */
  readonly header: number | undefined;
}

/** A list in flow style, JSON included. Its entries are without the commas around them. */
export interface FlowEntries {
  readonly kind: 'flow';
  readonly entries: readonly Span[];
  /** What is between the brackets. */
  readonly inner: Span;
}

/** `items:`, `items: []` or `items: null`. */
export interface NoEntries {
  readonly kind: 'none';
  /** The value with the spaces before it; empty where there is none. */
  readonly value: Span;
  /** Where the next line begins (the text's end when there is none); undefined inside a mapping in flow style. */
  readonly nextLine: number | undefined;
  /** Column of the key. */
  readonly column: number;
}

export type Entries = BlockEntries | FlowEntries | NoEntries;

/** A ResourceList's own mapping, outside its items. */
export interface ResourceListLayout {
  /** Position of its items in `Part.lists`; undefined when the key is missing. */
  readonly items: number | undefined;
  /** `results` of the input: whole lines in block style, key and value in flow style. */
  readonly results: Span | undefined;
  /** Where further keys go. `column`: of its keys. `flow`: before the closing brace, behind `lastEntry`. */
  readonly end:
    | { readonly kind: 'block'; readonly at: number; readonly column: number }
    | { readonly kind: 'flow'; readonly at: number };
}

/** One text of the input and where its objects lie, so that what is kept is written as it came. */
export interface Part {
  readonly text: string;
  readonly newline: '\n' | '\r\n';
  readonly file?: string;
  /** Lists whose entries are items: a ResourceList's, those of `kind: List` objects. */
  readonly lists: readonly Entries[];
  readonly resourceList?: ResourceListLayout;
  /** One JSON document, so that new objects must be JSON too. */
  readonly json: boolean;
}

/** Where an item lies: a document with its marker, or an entry of one of its part's lists. */
export type Site =
  | { readonly kind: 'document'; readonly part: number; readonly span: Span; readonly content: Span }
  | { readonly kind: 'entry'; readonly part: number; readonly list: number; readonly entry: number };

/** An entry that uses anchors of other items, as it must be written once one of those leaves or changes. */
export interface StandIn {
  readonly part: number;
  readonly list: number;
  readonly entry: number;
  /** Indexes of the items that hold the anchors. */
  readonly owners: readonly number[];
  /** The entry as YAML of its own, with the same meaning. */
  print(): string;
}

/** The texts of the input, and the site of each item by its index. */
export interface Layout {
  readonly parts: readonly Part[];
  readonly sites: readonly Site[];
  readonly standIns: readonly StandIn[];
}
