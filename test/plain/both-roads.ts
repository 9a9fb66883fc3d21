import assert from 'node:assert/strict';
import { construct } from '../../src/parse/input/construct.ts';
import { splitLines } from '../../src/parse/input/lines.ts';
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
  const indent = ' '.repeat(column);
  const text = object
    .split('\n')
    .map((line, number) => (number === 0 ? `${indent}- ${line}` : line === '' ? '' : `${indent}  ${line}`))
    .join('\n');
  const lines = splitLines(text);
  const plain = readPlain(text, lines, { from: 0, to: lines.length, start: column + 1 });
  return plain !== undefined && agree(text, plain.value, (root) => childrenOf(root)[0] as YamlNode);
}

function agree(text: string, value: unknown, nodeIn: (root: YamlNode) => YamlNode): boolean {
  const nodes = documentNodes(parseTree(text, 0, text.length));
  assert.equal(nodes.length, 1, text);
  const read = construct(() => nodeIn(nodes[0] as YamlNode), text);
  assert.deepEqual(read, { value }, text);
  assert.equal(JSON.stringify(read), JSON.stringify({ value }), text);
  return true;
}
