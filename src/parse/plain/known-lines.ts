/** What a line `key: value` or `key:` says. */
export interface KnownLine {
  readonly key: string;
  /** The value on the line; `BELOW` where it stands on the lines that follow. */
  readonly value: unknown;
}

/** Stands for a value on the lines below. */
export const BELOW: unique symbol = Symbol('below');

const MOST_LINES = 2000;
const LONGEST_LINE = 100;

/** Manifests say the same few lines over and over: `metadata:`, `kind: Service`, `protocol: TCP`. */
const knownLines = new Map<string, KnownLine>();

/** What a line says, from its key to its end, where the same was read before. */
export function knownLine(line: string): KnownLine | undefined {
  return knownLines.get(line);
}

/** Remembers a line. What it says must not depend on the lines around it, and its value must not be an object. */
export function rememberLine(line: string, key: string, value: unknown): void {
  if (knownLines.size < MOST_LINES && line.length < LONGEST_LINE) knownLines.set(line, { key, value });
}

/** Keys by how they are written before their colon: what clients number is a line of its own in each object. */
const knownKeys = new Map<string, string>();

/** The key that is written so, where it was read before. */
export function knownKey(written: string): string | undefined {
  return knownKeys.get(written);
}

/** Remembers a key as it is written. */
export function rememberKey(written: string, key: string): void {
  if (knownKeys.size < MOST_LINES && written.length < LONGEST_LINE) knownKeys.set(written, key);
}
