import assert from 'node:assert/strict';
import { defect } from '../../src/adapters/finish.ts';
import { runGuarded } from '../../src/adapters/generate.ts';
import { printProblem } from '../../src/run.ts';

describe('a defect of Postern', () => {
  afterEach(() => {
    delete process.env['POSTERN_DEBUG'];
  });

  it('is one line without a stack, and the input is left as it came', () => {
    // No caller passes this; what a run throws on the way does not matter here.
    const request = { input: undefined as unknown as string };
    const { output, failed, problems } = runGuarded(request, 'as it came');
    assert.deepEqual([output, failed], ['as it came', true]);
    const [line, ...more] = problems.map(printProblem).join('\n').split('\n');
    assert.match(line ?? '', /^\[error\] ".*": this is a defect of Postern, .* \[internal-error\]$/);
    assert.deepEqual(more, []);
  });

  it('shows its stack to those who ask', () => {
    process.env['POSTERN_DEBUG'] = '1';
    assert.match(printProblem(defect(new Error('why'))), /^\[error\] "why": .*\n {4}Error: why\n {8}at /);
  });
});
