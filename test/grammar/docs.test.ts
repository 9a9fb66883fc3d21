import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { parseList } from '../../src/parse/grammar/parse-list.ts';

const PAGE = 'docs/grammar.md';

describe('docs/grammar.md', () => {
  it('has only lists that parse', async () => {
    const lists = await fences('list');
    assert.ok(lists.length >= 7);
    for (const list of lists) assert.ok('items' in parseList(list), list);
  });

  it('has only annotations whose lists parse', async () => {
    const blocks = await fences('yaml');
    assert.ok(blocks.length >= 2);
    for (const block of blocks) {
      for (const list of Object.values(load(block) as Record<string, string>))
        assert.ok('items' in parseList(list), list);
    }
  });

  it('names peers and ports that parse', async () => {
    const peers = codesOf(await tableAfter('## Peers'));
    const ports = codesOf(await tableAfter('## Ports'));
    assert.ok(peers.length >= 15 && ports.length >= 5);
    for (const peer of peers) assert.ok('items' in parseList(peer), peer);
    for (const port of ports) assert.ok('items' in parseList(`web:${port}`), port);
  });

  it('shows for each code what has it, and what to write instead', async () => {
    const rows = await tableAfter('## What is wrong');
    assert.equal(rows.length, 12);
    for (const row of rows) {
      const [code = '', wrong = '', ...right] = Array.from(row.matchAll(/`([^`]+)`/g), ([, text]) => text ?? '');
      const read = parseList(wrong);
      assert.ok('errors' in read && read.errors.some((error) => error.code === code), row);
      for (const list of right) assert.ok('items' in parseList(list), row);
    }
  });
});

async function fences(language: string): Promise<string[]> {
  const page = await readFile(PAGE, 'utf8');
  return Array.from(page.matchAll(/^```(\w+)\n(.*?)^```$/gms)).flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  );
}

/** The rows of the first table after a heading, without its head. */
async function tableAfter(heading: string): Promise<string[]> {
  const page = await readFile(PAGE, 'utf8');
  const lines = page.slice(page.indexOf(`\n${heading}\n`)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const last = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, last);
}

/** The code of each row's first cell. */
function codesOf(rows: readonly string[]): string[] {
  return rows.map((row) => /^\| `([^`]+)` \|/.exec(row)?.[1] ?? row);
}
