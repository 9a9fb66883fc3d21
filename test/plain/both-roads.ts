import assert from 'node:assert/strict';
import { construct } from '../../src/parse/input/construct.ts';
import { splitLines, startOfLine } from '../../src/parse/input/lines.ts';
import { childrenOf, documentNodes, parseTree, type YamlNode } from '../../src/parse/input/yaml-tree.ts';
import { readPlain } from '../../src/parse/plain/read-plain.ts';

/** Reads a text as one object on both roads. False where only the parser's is open; fails where they differ. */
export function agreeOnDocument(text: string): boolean {
  const lines = splitLines(text);
  const plain = readPlain(text, lines, { from: 0, to: lines.length, start: lines.starts[0] ?? 0 });
  return plain !== undefined && agree(text, plain.value, (root) => root);
}

/** The same for lines of an object that stand behind a dash at `column`. */
export function agreeOnEntry(object: string, column: number): boolean {
  const text = behindDash(object, column);
  const lines = splitLines(text);
  const plain = readPlain(text, lines, { from: 0, to: lines.length, start: column + 1 });
  return plain !== undefined && agree(text, plain.value, (root) => childrenOf(root)[0] as YamlNode);
}

/**
 * Reads objects that stand behind the dashes of one list, and then all of them again, on both roads. Answers for how many
 * the plain one was open; fails where the roads differ, or a second look at an object is not the first one.
 */
export function agreeOnEntries(objects: readonly string[], column: number): number {
  const entries = objects.map((object) => `${behindDash(object, column)}\n`);
  const text = entries.join('');
  const lines = splitLines(text);
  let read = 0;
  for (let round = 0; round < 2; round += 1) {
    let from = 0;
    for (const entry of entries) {
      const to = from + entry.split('\n').length - 1;
      const plain = readPlain(text, lines, { from, to, start: startOfLine(lines, from) + column + 1 });
      if (plain !== undefined && agree(entry, plain.value, (root) => childrenOf(root)[0] as YamlNode)) read += 1;
      from = to;
    }
  }
  return read / 2;
}

/** An object as an entry of a list. */
function behindDash(object: string, column: number): string {
  const indent = ' '.repeat(column);
  return object
    .split('\n')
    .map((line, number) => (number === 0 ? `${indent}- ${line}` : line === '' ? '' : `${indent}  ${line}`))
    .join('\n');
}

function agree(text: string, value: unknown, nodeIn: (root: YamlNode) => YamlNode): boolean {
  const nodes = documentNodes(parseTree(text, 0, text.length));
  assert.equal(nodes.length, 1, text);
  const read = construct(() => nodeIn(nodes[0] as YamlNode), text);
  assert.deepEqual(read, { value }, text);
  assert.equal(JSON.stringify(read), JSON.stringify({ value }), text);
  return true;
}
