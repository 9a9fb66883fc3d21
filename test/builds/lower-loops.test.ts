import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { findCases } from '../golden/golden-case.ts';
import { runPostern } from '../golden/run-postern.ts';
import { POSTERN, ROOT } from '../tools.ts';

/** Bodies of a function that notes what it sees: loops that are written otherwise. */
const LOWERED: Readonly<Record<string, string>> = {
  'an array': `for (const each of [1, 2, 3]) note(each);`,
  'a readonly array': `const list: readonly string[] = ['a', 'b']; for (const each of list) { note(each); }`,
  'a tuple': `const pair: [number, string] = [1, 'a']; for (const each of pair) note(each);`,
  'no element': `const none: number[] = []; for (const each of none) note(each);`,
  'an array that grows': `const list = [1, 2]; for (const each of list) { note(each); if (list.length < 5) list.push(each); }`,
  'an array that shrinks': `const list = [1, 2, 3, 4]; for (const each of list) { note(each); list.pop(); }`,
  'a variable that changes': `let list = [1, 2, 3]; for (const each of list) { note(each); list = []; } note(list);`,
  'an expression, once': `const make = () => { note('made'); return [1, 2]; }; for (const each of make()) note(each);`,
  'break and continue': `for (const each of [1, 2, 3, 4]) { if (each === 2) continue; if (each === 4) break; note(each); }`,
  labels: `outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue outer; note([a, b]); }`,
  'a return': `const find = () => { for (const each of [1, 2, 3]) if (each > 1) return each; return 0; }; note(find());`,
  closures: `const later: (() => number)[] = []; for (const each of [1, 2, 3]) later.push(() => each); note(later.map((f) => f()));`,
  'a variable of the loop': `for (let each of [1, 2]) { each += 1; note(each); }`,
  'a name that the body has too': `for (const each of [1, 2]) { const next = [each]; { const each = next; note(each); } }`,
  'loops in loops': `for (const a of [[1, 2], [3]]) for (const b of a) for (const c of [b, b]) note(c);`,
  'a loop in the list of a loop': `const all = () => { const found: number[] = []; for (const a of [1, 2]) found.push(a); return found; };
    for (const each of all().filter((one) => { for (const other of [2]) if (one === other) return true; return false; })) note(each);`,
  'fields of elements': `for (const { a, b: { c = 3 } } of [{ a: 1, b: { c: 2 } }, { a: 2, b: {} as { c?: number } }]) note([a, c]);`,
  'pairs in an array': `for (const [a, b] of [[1, 2], [3, 4]] as [number, number][]) note([a, b]);`,
  'pairs of a Map': `for (const [key, value] of new Map([['a', 1], ['b', 2]])) note([key, value]);`,
  'the second of pairs': `for (const [, value] of new Map([['a', 1]])) note(value);`,
  'numbers and elements': `for (const [at, each] of ['a', 'b'].entries()) note([at, each]);`,
  'the first of a list': `const list = [1, 2]; const [first, , third] = list; note([first, third]);`,
  'the first of an expression': `const make = () => { note('made'); return ['a', 'b']; }; const [a, b] = make(); note([a, b]);`,
  'the first of nothing': `const none: number[] = []; const [first] = none; note(first);`,
};

/** What must stay as it is. */
const KEPT: Readonly<Record<string, string>> = {
  'a Set': `for (const each of new Set([1, 2, 2])) note(each);`,
  'the values of a Map': `for (const each of new Map([['a', 1]]).values()) note(each);`,
  'a string': `for (const each of 'a\\u{1f6aa}b') note(each);`,
  'something of any type': `const any: any = new Set([1]); for (const each of any) note(each);`,
  'an array or a Set': `const either = (is: boolean): readonly number[] | Set<number> => (is ? [1] : new Set([2]));
    for (const each of either(true)) note(each); for (const each of either(false)) note(each);`,
  'the first character': `const text: string = '\\u{1f6aa}b'; const [first] = text; note(first);`,
  'the first of a Set': `const [first] = new Set([1, 2]); note(first);`,
  'defaults and rests': `const list = [1, 2, 3]; const [first = 7, ...rest] = list; note([first, rest]);`,
  'characters of strings': `for (const [first] of ['ab', 'cd'].values()) note(first);`,
};

type Body = (note: (value: unknown) => void) => void;

describe('loops that the build writes otherwise', () => {
  let folder: string;
  let sources: Map<string, string>;
  let lowered: Map<string, string>;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postern-loops-'));
    sources = new Map(
      Object.entries({ ...LOWERED, ...KEPT }).map(([title, body]) => [
        title,
        `export default (note: (value: unknown) => void): void => {\n${body}\n};\n`,
      ]),
    );
    for (const [title, source] of sources) writeFileSync(pathOf(title), source);
    const options = {
      compilerOptions: { strict: true, target: 'es2023', module: 'esnext', types: [] },
      include: ['*.ts'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const { lowerProject } = await import(join(ROOT, 'scripts', 'lower-loops.mjs'));
    lowered = lowerProject(join(folder, 'tsconfig.json'), folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  const pathOf = (title: string): string => join(folder, `${title.replaceAll(/\W+/g, '-')}.ts`);

  for (const title of Object.keys(LOWERED)) {
    it(`see the same: ${title}`, async () => {
      const text = lowered.get(pathOf(title)) ?? '';
      assert.match(text, /\$each|\[0\]/);
      assert.deepEqual(await notesOf(text), await notesOf(sources.get(title) ?? ''));
    });
  }

  for (const title of Object.keys(KEPT)) {
    it(`stay: ${title}`, () => assert.equal(lowered.get(pathOf(title)), undefined));
  }
});

/** What a body notes. */
async function notesOf(source: string): Promise<unknown[]> {
  const { code } = await transform(source, { loader: 'ts', format: 'cjs' });
  const module: { exports: { default?: Body } } = { exports: {} };
  new Function('module', code)(module);
  const notes: unknown[] = [];
  module.exports.default?.((value) => notes.push(structuredClone(value)));
  return notes;
}

describe('the built program', () => {
  for (const { name, folder, input, config } of findCases()) {
    it(`answers as its sources do: ${name}`, () => {
      const args = config === undefined ? [] : ['--config', 'config.yaml'];
      const options = { cwd: folder, input, encoding: 'utf8' as const };
      const { stdout, stderr, status } = spawnSync(process.execPath, [POSTERN, ...args], options);
      assert.deepEqual({ stdout, stderr, status }, runPostern(input, config));
    });
  }
});
