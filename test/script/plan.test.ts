import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { explain } from '../../src/explain.ts';
import { sampleCells } from '../../src/script/sample-cells.ts';
import { script } from '../../src/script.ts';
import { ROOT } from '../tools.ts';
import { CHOICE, SHOP } from './shop.ts';

describe('what a script tries', () => {
  const table = fc
    .record({ clients: fc.integer({ min: 1, max: 6 }), points: fc.integer({ min: 1, max: 6 }) })
    .chain(({ clients, points }) =>
      fc.array(fc.array(fc.boolean(), { minLength: clients, maxLength: clients }), {
        minLength: points,
        maxLength: points,
      }),
    );

  it('is every kind of connection, every port and every client, where nothing limits it', () => {
    const property = fc.property(table, (columns) => {
      const clients = columns[0]?.length ?? 0;
      const { chosen, more } = sampleCells(clients, columns, 1000, () => true);
      assert.equal(more, 0);
      for (const { client, point, isOpen } of chosen) assert.equal(columns[point]?.[client], isOpen);
      assert.equal(new Set(chosen.map(({ client, point }) => `${client} ${point}`)).size, chosen.length);
      const kindOf = (client: number, point: number): string =>
        JSON.stringify([columns[point], columns.map((column) => column[client])]);
      const tried = new Set(chosen.map(({ client, point }) => kindOf(client, point)));
      for (const [point, column] of columns.entries()) {
        for (const client of column.keys()) assert.ok(tried.has(kindOf(client, point)), `${client} to ${point}`);
        for (const isOpen of new Set(column))
          assert.ok(chosen.some((cell) => cell.point === point && cell.isOpen === isOpen));
      }
      for (let client = 0; client < clients; client++) assert.ok(chosen.some((cell) => cell.client === client));
    });
    fc.assert(property);
  });

  it('keeps its limit, half of it for each verdict where there are enough', () => {
    const property = fc.property(table, fc.integer({ min: 1, max: 12 }), (columns, limit) => {
      const sample = (most: number) => sampleCells(columns[0]?.length ?? 0, columns, most, () => true);
      const [all, { chosen, more }] = [sample(1000).chosen, sample(limit)];
      assert.equal(chosen.length, Math.min(limit, all.length));
      assert.equal(more, all.length - chosen.length);
      const open = all.filter(({ isOpen }) => isOpen).length;
      const closed = all.length - open;
      const chosenOpen = chosen.filter(({ isOpen }) => isOpen).length;
      assert.ok(chosenOpen >= Math.min(open, Math.floor(limit / 2)));
      assert.ok(chosen.length - chosenOpen >= Math.min(closed, Math.floor(limit / 2)));
    });
    fc.assert(property);
  });
});

describe('what a script wants', () => {
  it('is what postern explain says', () => {
    const input = readFileSync(join(ROOT, 'testdata', 'matrix', 'shop.yaml'), 'utf8');
    const { text } = script({ input }, { ...CHOICE, format: 'netassert' });
    const tests = load(text) as NetassertTest[];
    assert.ok(tests.length > 5);
    for (const { name } of tests) {
      const [, from = '', to = '', wants] = /^(\S+) -> (\S+) must be (\w+)$/.exec(name) ?? [];
      const { outcome } = explain({ input }, { from, to, format: 'text', isColoured: false });
      assert.equal(outcome, wants, name);
    }
  });
});

describe('the tests for netassert', () => {
  it('have the fields of its version 2, and values that its validation takes', () => {
    const { text } = script({ input: SHOP }, { ...CHOICE, format: 'netassert' });
    const tests = load(text) as NetassertTest[];
    assert.equal(tests.length, 2);
    for (const test of tests) {
      assert.deepEqual(Object.keys(test).sort(), FIELDS);
      assert.equal(test.type, 'k8s');
      assert.ok(test.protocol === 'tcp' || test.protocol === 'udp');
      assert.ok(Number.isInteger(test.targetPort) && test.targetPort >= 1 && test.targetPort <= 65535);
      for (const end of [test.src, test.dst]) {
        assert.deepEqual(Object.keys(end), ['k8sResource']);
        assert.deepEqual(Object.keys(end.k8sResource), ['kind', 'name', 'namespace']);
        assert.ok(['deployment', 'statefulset', 'daemonset', 'pod'].includes(end.k8sResource['kind'] ?? ''));
      }
    }
    assert.equal(new Set(tests.map(({ name }) => name)).size, tests.length);
    assert.deepEqual(
      tests.map(({ name, exitCode }) => [name, exitCode]),
      [
        ['shop/cart -> shop/cart:7070 must be denied', 1],
        ['shop/web -> shop/cart:7070 must be allowed', 0],
      ],
    );
  });
});

const FIELDS = ['attempts', 'dst', 'exitCode', 'name', 'protocol', 'src', 'targetPort', 'timeoutSeconds', 'type'];

interface NetassertTest {
  readonly name: string;
  readonly type: string;
  readonly protocol: string;
  readonly targetPort: number;
  readonly exitCode: number;
  readonly src: { readonly k8sResource: Readonly<Record<string, string>> };
  readonly dst: { readonly k8sResource: Readonly<Record<string, string>> };
}
