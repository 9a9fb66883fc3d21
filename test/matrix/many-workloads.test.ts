import assert from 'node:assert/strict';
import { join } from 'node:path';
import { matrix } from '../../src/matrix.ts';
import { ROOT } from '../tools.ts';
import { readMatrix } from './read-matrix.ts';

/** A page or two of a terminal. */
const MOST_LINES = 80;

describe('the matrix of 500 workloads', function () {
  this.timeout(0);
  let input = '';

  before(async () => {
    const { makeMixed } = await import(join(ROOT, 'bench', 'clusters.mjs'));
    input = makeMixed(500);
  });

  it('can be read, and counts every pair that is open', () => {
    const terminal = { width: 120, isColoured: false };
    const choice = { format: 'text', detail: undefined, within: undefined, from: undefined, to: undefined } as const;
    const { text } = matrix({ input }, { ...choice, terminal });
    assert.match(text, /^Who may connect to whom: 500 workloads/);
    assert.ok(text.split('\n').length < MOST_LINES, `${text.split('\n').length} lines`);
    const widest = Math.max(...text.split('\n').map((line) => line.length));
    assert.ok(widest <= terminal.width, `a line has ${widest} columns`);
  });

  it('gives a programme every pair once', () => {
    const { open, ends } = readMatrix(input);
    assert.equal(ends.filter(({ kind }) => kind === 'workload').length, 500);
    assert.deepEqual(open.get('team-1/app-1 -> team-1/app-2'), [{ protocol: 'TCP', port: 8082, endPort: 8082 }]);
    assert.equal(open.get('team-1/app-1 -> team-1/app-3'), undefined);
    assert.equal(open.get('team-0/app-1 -> team-3/app-7'), 'all');
    assert.deepEqual(open.get('team-0/app-1 -> team-1/app-3'), [{ protocol: 'TCP', port: 9090, endPort: 9090 }]);
  });
});
