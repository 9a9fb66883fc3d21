import type { Manifest, NewObject } from '../model/input.ts';
import type { FlowEntries, Span } from '../model/layout.ts';
import type { Edit } from './edit.ts';
import type { Rewrite } from './rewrite.ts';

/** A value in JSON, which is YAML's flow style too. `indent`: written over several lines, at this indentation. */
export function flowEntry(value: unknown, indent?: string): string {
  return indent === undefined ? JSON.stringify(value) : JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}

/** Replaces, removes and appends entries of a list in flow style. */
export function editFlow(
  text: string,
  list: FlowEntries,
  rewrites: ReadonlyMap<number, Rewrite>,
  appended: readonly NewObject[],
): Edit[] {
  const { entries, inner } = list;
  const indent = indentOf(text, inner, entries[0]);
  const last = entries.findLastIndex((_, entry) => rewrites.get(entry)?.kind !== 'remove');
  const edits = entries.flatMap((span, entry): Edit[] => {
    const rewrite = rewrites.get(entry);
    if (rewrite === undefined) return [];
    if (rewrite.kind === 'remove') return [{ ...withComma(entries, entry, inner, last), text: '' }];
    return [{ ...span, text: rewrite.kind === 'manifest' ? flowEntry(rewrite.manifest, indent) : rewrite.text.trim() }];
  });
  if (appended.length === 0) return edits;
  const separator = indent === undefined ? ', ' : `,\n${indent}`;
  const added = appended.map(({ manifest }) => flowEntry(manifest, indent)).join(separator);
  const kept = entries[last];
  if (kept !== undefined) return [...edits, { start: kept.end, end: kept.end, text: `${separator}${added}` }];
  const lead = indent === undefined ? '' : `\n${indent}`;
  return [...edits, { start: inner.start, end: inner.start, text: `${lead}${added}` }];
}

/** An entry with the comma that leaves with it: the one behind it while a later entry stays, else the one before. */
function withComma(entries: readonly Span[], entry: number, inner: Span, lastKept: number): Span {
  const span = entries[entry] as Span;
  const next = entries[entry + 1];
  if (lastKept >= 0 && entry > lastKept) {
    return { start: (entries[entry - 1] as Span).end, end: span.end };
  }
  return { start: span.start, end: next?.start ?? inner.end };
}

/** Where entries stand on lines of their own, the indentation of those lines. */
function indentOf(text: string, inner: Span, first: Span | undefined): string | undefined {
  if (first === undefined) return undefined;
  const lead = text.slice(inner.start, first.start);
  return /\n([ \t]*)$/.exec(lead)?.[1];
}

/** Takes `results` out of a mapping in flow style, and writes new keys before its brace at `at`. */
export function closeOf(
  text: string,
  results: Span | undefined,
  at: number,
  keys: readonly [string, readonly Manifest[]][],
): Edit[] {
  const added = keys.map(([key, values]) => `${JSON.stringify(key)}: ${flowEntry(values)}`);
  if (results !== undefined) return [replaceResults(text, results, at, added)];
  if (added.length === 0) return [];
  const before = text.slice(0, at);
  const end = before.trimEnd().length;
  const comma = /[{,]$/.test(before.trimEnd()) ? '' : ', ';
  return [{ start: end, end, text: `${comma}${added.join(', ')}` }];
}

function replaceResults(text: string, results: Span, at: number, added: readonly string[]): Edit {
  if (added.length > 0) return { ...results, text: added.join(', ') };
  const behind = /^\s*,\s*/.exec(text.slice(results.end, at))?.[0].length ?? 0;
  if (behind > 0) return { start: results.start, end: results.end + behind, text: '' };
  const before = /,\s*$/.exec(text.slice(0, results.start))?.[0].length ?? 0;
  return { start: results.start - before, end: results.end, text: '' };
}
