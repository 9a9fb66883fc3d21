import { type Event, parseEvents, YAMLException } from 'js-yaml';

/** Collections deeper than this are refused; the deepest schemas of real custom resources have about 60 levels. */
const MAX_DEPTH = 500;
/** Deeper than any line of a manifest. */
const PADDING = ' '.repeat(250);
/** Each padded line costs another parse. */
const MAX_PADDED = 200;

/** Events, the text that they refer to, and where its offsets lie in the one that was given. */
export interface Parsed {
  readonly events: readonly Event[];
  readonly source: string;
  readonly toGiven: (offset: number) => number;
}

/** What the parser threw, with the place in the text that was given. */
export class ParseFailure extends Error {
  readonly reason: unknown;
  readonly offset: number;

  constructor(reason: unknown, offset: number) {
    super('parse failure');
    this.reason = reason;
    this.offset = offset;
  }
}

/**
 * Parses a text as go-yaml does, which reads it in every client: inside brackets and quotes it does not look at
 * indentation, so that a closing bracket may stand below its key. YAML forbids that, and so does js-yaml; since spaces
 * mean nothing there, such lines get more of them. Throws a ParseFailure.
 */
export function parseLeniently(given: string): Parsed {
  const padded: number[] = [];
  let source = given;
  const toGiven = (offset: number): number => {
    const before = padded.filter((start) => start + PADDING.length <= offset).length;
    return offset - before * PADDING.length;
  };
  for (;;) {
    try {
      return { events: parseEvents(source, { maxDepth: MAX_DEPTH }), source, toGiven };
    } catch (error) {
      const position = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
      const start = shallowLine(source, error, position);
      if (start === undefined || padded.length === MAX_PADDED) throw new ParseFailure(error, toGiven(position));
      source = source.slice(0, start) + PADDING + source.slice(start);
      padded.push(start);
    }
  }
}

/** Where the line begins that the parser wants deeper; undefined where something else is wrong. */
function shallowLine(source: string, error: unknown, position: number): number | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') return undefined;
  const start = Math.max(source.lastIndexOf('\n', position - 1), source.lastIndexOf('\r', position - 1)) + 1;
  return source.startsWith(PADDING, start) ? undefined : start;
}
