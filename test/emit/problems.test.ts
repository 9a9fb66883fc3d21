import assert from 'node:assert/strict';
import { printProblem } from '../../src/emit/problem-text.ts';
import { resultOf } from '../../src/emit/results.ts';
import type { Problem } from '../../src/model/problem.ts';

const PROBLEM: Problem = {
  code: 'unknown-peer',
  severity: 'error',
  message: 'must name a workload, got "chekout" (did you mean "checkout"?)',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  field: 'metadata.annotations["postern.dev/allow-to"]',
  got: 'chekout',
  want: 'checkout',
  file: 'shop.yaml',
  fileIndex: 1,
  item: 2,
};

describe('a problem as text', () => {
  it('names the object, the field, what is wrong, its code and its place', () => {
    assert.equal(
      printProblem(PROBLEM),
      '[error] apps/v1/Deployment/shop/web metadata.annotations["postern.dev/allow-to"]: must name a workload, ' +
        'got "chekout" (did you mean "checkout"?) [unknown-peer] (shop.yaml, item 2)',
    );
  });

  it('leaves out what is not known', () => {
    const problem: Problem = { code: 'c', severity: 'info', message: 'm' };
    assert.equal(printProblem(problem), '[info] m [c]');
    assert.equal(printProblem({ ...problem, item: 0 }), '[info] m [c] (item 1)');
    assert.equal(printProblem({ ...problem, field: 'f' }), '[info] f: m [c]');
    const resource = { apiVersion: 'v1', kind: 'Namespace', name: 'shop', namespace: undefined };
    assert.equal(printProblem({ ...problem, resource }), '[info] v1/Namespace/shop: m [c]');
  });

  it('puts its snippet below, indented', () => {
    const problem: Problem = { code: 'c', severity: 'warning', message: 'm', snippet: '1 | a: b\n      ^' };
    assert.equal(printProblem(problem), '[warning] m [c]\n    1 | a: b\n          ^');
  });

  it('lets no control character of a user through', () => {
    const nasty = 'a\u001b[31m\u0007\r\nb\u202e\u0085\u2028c';
    const problem: Problem = {
      code: 'c',
      severity: 'error',
      message: nasty,
      field: nasty,
      file: nasty,
      snippet: nasty,
    };
    const text = printProblem(problem);
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.equal(text.split('\n').length, 3);
    assert.ok(text.includes('a\\u{1b}[31m\\u{7}\\r\\nb\\u{202e}\\u{85}\\u{2028}c'));
  });
});

describe('a problem as a result', () => {
  it('has the fields of the specification', () => {
    assert.deepEqual(resultOf(PROBLEM), {
      message: 'must name a workload, got "chekout" (did you mean "checkout"?) [unknown-peer]',
      severity: 'error',
      resourceRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
      field: {
        path: 'metadata.annotations["postern.dev/allow-to"]',
        currentValue: 'chekout',
        proposedValue: 'checkout',
      },
      file: { path: 'shop.yaml', index: 1 },
    });
  });

  it('has no field that is not known', () => {
    const bare: Problem = { code: 'c', severity: 'info', message: 'm' };
    assert.deepEqual(resultOf(bare), { message: 'm [c]', severity: 'info' });
  });
});
