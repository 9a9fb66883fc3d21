import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeOutput } from '../../src/emit/write-output.ts';
import type { Input } from '../../src/model/input.ts';
import type { Problem } from '../../src/model/problem.ts';
import { resourceList } from './hostile-list.ts';
import { NO_CHANGES, open, openWell } from './opened.ts';
import { parseAll, parseMapping } from './yaml.ts';

const NEW = { apiVersion: 'v1', kind: 'New', metadata: { name: 'n', note: 'y' } };
const PROBLEM: Problem = { code: 'c', severity: 'info', message: 'm' };
const RESULT = { message: 'm [c]', severity: 'info' };
const RUNS = Number(process.env['POSTERN_RUNS'] ?? 200);

describe('slicing a ResourceList', () => {
  it('gives the items that a parser of the whole text sees, or says what is wrong', () => {
    fc.assert(fc.property(resourceList(4), assertSameItems), { numRuns: RUNS * 5 });
  });

  it('gives back the text, and edits nothing but what was asked for', () => {
    const changes = fc.record({ removed: fc.array(fc.boolean()), appends: fc.boolean(), tells: fc.boolean() });
    fc.assert(fc.property(resourceList(3), changes, assertOnlyAsked), { numRuns: RUNS * 5 });
  });
});

interface Asked {
  readonly removed: readonly boolean[];
  readonly appends: boolean;
  readonly tells: boolean;
}

function assertOnlyAsked(text: string, { removed, appends, tells }: Asked): void {
  const { input } = open(text);
  const whole = parseMapping(text);
  if (input?.form !== 'resource-list' || whole === undefined || endsInBlockScalar(text)) return;
  if (input.items.length !== input.layout.sites.length) return;
  const remove = new Set([...input.layout.sites.keys()].filter((index) => removed[index] === true));
  const added = appends ? [NEW] : [];
  const append = added.map((manifest) => ({ manifest }));
  const written = writeOutput(input, { replace: new Map(), remove, append }, tells ? [PROBLEM] : []);
  const items = Array.isArray(whole['items']) ? whole['items'] : [];
  const after = parseMapping(written);
  assert.ok(after !== undefined, written);
  assert.deepEqual(after['items'] ?? [], [...items.filter((_, index) => !remove.has(index)), ...added], written);
  assert.deepEqual(after['results'], tells ? [RESULT] : undefined, written);
  assert.deepEqual(after['functionConfig'], whole['functionConfig']);
}

function assertSameItems(text: string): void {
  const { input, problems } = open(text);
  const documents = parseAll(text);
  const whole = parseMapping(text);
  if (input !== undefined && !text.includes('results')) {
    assert.equal(writeOutput(input, NO_CHANGES, []), text);
  }
  if (whole?.['kind'] !== 'ResourceList' || documents?.length !== 1) return;
  const items = whole['items'];
  if (!Array.isArray(items)) {
    if (items !== undefined && items !== null) assert.notDeepEqual(problems, []);
    return;
  }
  if (input === undefined) {
    assert.match(problems.map(({ message }) => message).join('\n'), /apiVersion|items must be|inside items/);
    return;
  }
  if (items.some(isList)) return;
  assert.equal(input.layout.sites.length, items.length);
  assertValues(input, items, problems);
}

function assertValues(input: Input, items: readonly unknown[], problems: readonly Problem[]): void {
  const reported = new Set(problems.map(({ item }) => item));
  for (const item of input.items) {
    const read = item.read();
    // The parser builds a value that holds itself; nobody could walk it.
    if ('problem' in read && read.problem.code === 'alias-expansion') continue;
    assert.deepEqual(read, { value: items[item.index] });
  }
  for (const [index, value] of items.entries()) {
    if (isObject(value)) continue;
    assert.ok(reported.has(index), `item ${index} is no object, and nobody said so`);
  }
}

function isObject(value: unknown): boolean {
  const object = value as Record<string, unknown> | null;
  return typeof object?.['apiVersion'] === 'string' && typeof object['kind'] === 'string';
}

function isList(value: unknown): boolean {
  return String((value as Record<string, unknown> | null)?.['kind']).endsWith('List');
}

/** Parsers differ in whether such a scalar ends with a newline; `closeText` has tests of its own. */
function endsInBlockScalar(text: string): boolean {
  return !/[\r\n]$/.test(text) && /[|>]/.test(text);
}

describe('the generator of hostile lists', () => {
  it('makes lists that open, more often than not', () => {
    const texts = fc.sample(resourceList(0), 100);
    assert.ok(texts.filter((text) => openWell(text).form === 'resource-list').length === 100);
  });
});
