import assert from 'node:assert/strict';
import { postern } from './cli/postern.ts';
import { type CommandCase, findCommandCases } from './golden/command-case.ts';
import { assertGolden } from './golden/golden-file.ts';

describe('the commands', () => {
  const cases = findCommandCases();

  it('have cases', () => assert.notEqual(cases.length, 0, 'there is no testdata/**/command.txt'));

  for (const command of cases) describe(command.name, () => describeCommand(command));
});

function describeCommand({ folder, words, stdin }: CommandCase): void {
  const run = () => postern(words, stdin, folder);
  let outcome: ReturnType<typeof run>;

  before(() => {
    outcome = run();
  });

  it('prints the expected output', () => assertGolden(folder, 'stdout.txt', outcome.stdout));

  it('prints the expected messages', () => assertGolden(folder, 'errors.txt', outcome.stderr));

  it('ends with the expected status', () => {
    assertGolden(folder, 'status.txt', outcome.status === 0 ? '' : `${outcome.status}\n`);
  });

  it('says something, and shows nobody a stack trace', () => {
    assert.notEqual(outcome.stdout + outcome.stderr, '');
    assert.doesNotMatch(outcome.stderr, /^\s+at .*:\d+:\d+\)?$|internal-error/m);
  });

  it('gives the same bytes again', () => assert.deepEqual(run(), outcome));
}
