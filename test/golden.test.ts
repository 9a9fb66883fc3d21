import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { endsOf } from './golden/ends.ts';
import { describeGenerated, foreignItems, isGenerated } from './golden/generated.ts';
import { findCases, type GoldenCase } from './golden/golden-case.ts';
import { assertGolden } from './golden/golden-file.ts';
import { readPolicies } from './golden/policies.ts';
import { printReach } from './golden/print-reach.ts';
import { readReachFile } from './golden/reach-file.ts';
import { reachRows } from './golden/reach-rows.ts';
import { reversed, shuffled } from './golden/rearrange.ts';
import { resultsText } from './golden/results-text.ts';
import { type Outcome, runPostern } from './golden/run-postern.ts';
import { parseItem, splitItems } from './golden/split-items.ts';

describe('golden cases', () => {
  const cases = findCases();

  it('are found', () => assert.notEqual(cases.length, 0, 'there is no testdata/**/input.yaml'));

  for (const golden of cases) describe(golden.name, () => describeCase(golden));
});

function describeCase(golden: GoldenCase): void {
  const { folder, input, config } = golden;
  let outcome: Outcome;

  before(() => {
    outcome = runPostern(input, config);
  });

  it('writes the expected policies', () => {
    assertGolden(folder, 'expected.yaml', describeGenerated(splitItems(input), splitItems(outcome.stdout)));
  });

  it('writes the expected results', () => assertGolden(folder, 'results.yaml', resultsText(outcome.stdout)));

  it('writes the expected messages', () => assertGolden(folder, 'errors.txt', outcome.stderr));

  it('ends with status 1 exactly when there is an error', () => {
    assert.equal(outcome.status, /^\[error\]/m.test(outcome.stderr) ? 1 : 0);
  });

  it('gives the same bytes again', () => assert.deepEqual(runPostern(input, config), outcome));

  it('changes nothing when its own output is its input', () => {
    assert.equal(runPostern(outcome.stdout, config).stdout, outcome.stdout);
  });

  it('leaves every other item as it came', () => {
    assert.deepEqual(foreignItems(splitItems(outcome.stdout)), foreignItems(splitItems(input)));
  });

  for (const [order, rearrange] of Object.entries({ reversed, shuffled })) {
    it(`gives the same policies with the items ${order}`, () => {
      const other = runPostern(rearrange(splitItems(input)), config);
      const describe = ({ stdout }: Outcome) => describeGenerated(splitItems(input), splitItems(stdout));
      assert.equal(other.status, outcome.status);
      assert.equal(describe(other), describe(outcome));
    });
  }

  it('writes no matchLabels, which an overlay would add to', () => {
    // Istio knows nothing else, and Kustomize does not know that its policies have selectors.
    const isIstio = (value: unknown): boolean => JSON.stringify(value).includes('"security.istio.io/v1"');
    const policies = splitItems(outcome.stdout)
      .items.filter(isGenerated)
      .map(parseItem)
      .filter((policy) => !isIstio(policy));
    assert.doesNotMatch(JSON.stringify(policies), /"matchLabels"/);
  });

  if (existsSync(join(folder, 'reach.yaml'))) {
    it('lets those reach whom the table says', () => assertGolden(folder, 'reach.txt', reachText(golden, outcome)));
  }
}

function reachText({ folder, input }: GoldenCase, { stdout }: Outcome): string {
  const { handWritten, differences, ...file } = readReachFile(folder);
  const comparison = {
    generated: readPolicies(stdout),
    handWritten: handWritten === undefined ? undefined : readPolicies(handWritten),
    differences,
  };
  return printReach(reachRows(endsOf(input, file), comparison));
}
