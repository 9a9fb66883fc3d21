import { isFiller, type Lines, nextNotDeeper } from './lines.ts';

/** One document of a stream, by the numbers of its lines; ends are excluded. */
export interface DocumentLines {
  /** First line: a directive, the `---` line, or the content of a document without a marker. */
  readonly from: number;
  /** Line behind the document, its `...` line included. */
  readonly to: number;
  /** Line behind the content. */
  readonly contentTo: number;
  /** Line of the marker, or of the first content. */
  readonly contentFrom: number;
  /** Offset where content may begin: behind `---`, or the start of the first line. */
  readonly contentStart: number;
  /** Whether `%TAG` changes what its tags mean. */
  readonly hasTagDirective: boolean;
  readonly hasMarker: boolean;
}

/**
 * Splits a stream into documents. That is exact without parsing: YAML forbids `---` and `...` at the start of a line in
 * every kind of scalar, and a `%` line is a directive only before a document.
 */
export function splitDocuments(text: string, lines: Lines): DocumentLines[] {
  if (!holdsMarks(text, lines)) return oneDocument(lines);
  const documents: DocumentLines[] = [];
  let open: Omit<DocumentLines, 'to' | 'contentTo'> | undefined;
  let directives: { from: number; hasTagDirective: boolean } | undefined;
  const close = (contentTo: number, to: number): void => {
    if (open !== undefined) documents.push({ ...open, contentTo, to });
    open = undefined;
  };
  for (let number = 0; number < lines.length; number += 1) {
    const start = lines.starts[number] as number;
    if (isMarker(text, lines, number, '---')) {
      close(number, directives?.from ?? number);
      open = {
        from: directives?.from ?? number,
        contentFrom: number,
        contentStart: start + 3,
        hasTagDirective: directives?.hasTagDirective ?? false,
        hasMarker: true,
      };
      directives = undefined;
    } else if (isMarker(text, lines, number, '...')) {
      close(number, number + 1);
    } else if (open === undefined && text[start] === '%') {
      const hasTagDirective = directives?.hasTagDirective === true || text.startsWith('%TAG', start);
      directives = { from: directives?.from ?? number, hasTagDirective };
    } else if (open === undefined && !isFiller(lines, number)) {
      open = {
        from: number,
        contentFrom: number,
        contentStart: start,
        hasTagDirective: false,
        hasMarker: false,
      };
    }
  }
  close(lines.length, lines.length);
  return documents;
}

/** Whether there is a marker or a directive. Those stand at the first column, so all that is deeper is passed over. */
function holdsMarks(text: string, lines: Lines): boolean {
  const { length } = lines;
  for (let at = nextNotDeeper(lines, 0, length, 0); at < length; at = nextNotDeeper(lines, at + 1, length, 0)) {
    if (lines.firsts[at] === PERCENT || isMarker(text, lines, at, '---') || isMarker(text, lines, at, '...'))
      return true;
  }
  return false;
}

const PERCENT = 37;

/** A text without markers and directives, from its first content on. */
function oneDocument(lines: Lines): DocumentLines[] {
  const to = lines.length;
  let from = 0;
  while (from < to && isFiller(lines, from)) from += 1;
  if (from === to) return [];
  const edges = { from, contentFrom: from, contentStart: lines.starts[from] as number, contentTo: to, to };
  return [{ ...edges, hasTagDirective: false, hasMarker: false }];
}

/** Whether a line is `---` or `...`, alone or with something behind it. */
function isMarker(text: string, lines: Lines, number: number, marker: '---' | '...'): boolean {
  const start = lines.starts[number] as number;
  return text.startsWith(marker, start) && (lines.ends[number] === start + 3 || /\s/.test(text[start + 3] ?? ''));
}
