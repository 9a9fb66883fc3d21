import type { Manifest } from '../model/input.ts';
import { dumpYaml } from './dump-yaml.ts';
import { printPlain } from './print-plain.ts';

/**
 * Prints plain data as YAML in block style, ending with a newline: lists at their key's column as Kustomize writes
 * them, no line folding, no anchors, and quotes around what any reader of YAML 1.1 or 1.2 would take for something
 * else than a string (`y`, `on`, `0o7`, `1_0`).
 */
export function printManifest(value: Manifest): string {
  return printPlain(value, '', '') ?? dumpYaml(value);
}

/** Prints one entry of a list whose dashes stand at `column`. */
export function printEntry(value: Manifest, column: number): string {
  const indent = ' '.repeat(column);
  return printPlain(value, `${indent}- `, `${indent}  `) ?? indentEntry(dumpYaml(value), column);
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
