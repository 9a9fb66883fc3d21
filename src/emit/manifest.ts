import { DUMP_SCHEMA, dump } from 'js-yaml';

/**
 * Prints plain data as YAML in block style, ending with a newline: lists at their key's column as Kustomize writes
 * them, no line folding, no anchors, and quotes around what any reader of YAML 1.1 or 1.2 would take for something
 * else than a string (`y`, `on`, `0o7`, `1_0`).
 */
export function printManifest(value: unknown): string {
  return dump(value, { schema: DUMP_SCHEMA, lineWidth: -1, noRefs: true, seqNoIndent: true });
}

/** Prints one entry of a list whose dashes stand at `column`. */
export function printEntry(value: unknown, column: number): string {
  return indentEntry(printManifest(value), column);
}

/** A printed object as an entry of a list whose dashes stand at `column`; an entry has no `...` at its end. */
export function indentEntry(text: string, column: number): string {
  const indent = ' '.repeat(column);
  return text
    .replace(/\n(?:\.\.\.\n)?$/, '')
    .split('\n')
    .map((line, number) => (line === '' ? '' : `${indent}${number === 0 ? '- ' : '  '}${line}`))
    .join('\n')
    .concat('\n');
}
