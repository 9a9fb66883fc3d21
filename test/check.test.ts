import assert from 'node:assert/strict';
import { check } from '../src/check.ts';
import { isGenerated } from './golden/generated.ts';
import { findCases } from './golden/golden-case.ts';
import { runPostern } from './golden/run-postern.ts';
import { splitItems } from './golden/split-items.ts';

describe('a check of what Postern wrote', () => {
  const rendered = findCases()
    .map(({ name, input, config }) => ({ name, config, input, outcome: runPostern(input, config) }))
    .filter(({ outcome }) => outcome.status === 0)
    // A policy whose labels Cilium does not know closes nobody, which the build warns of.
    .filter(({ outcome }) => !outcome.stderr.includes('[unseen-label]'))
    // What is only observed closes nothing.
    .filter(({ outcome }) => !splitItems(outcome.stdout).items.filter(isGenerated).some(closesNothing));
  const openOf = (input: string, config: string | undefined) =>
    check({
      input,
      ...(config === undefined ? {} : { config: { text: config, file: 'config.yaml' } }),
    }).problems.filter(({ code }) => code === 'not-isolated');

  it('has cases', () => assert.ok(rendered.length > 200, `only ${rendered.length}`));

  for (const { name, config, outcome } of rendered) {
    it(`finds nothing open in ${name}`, () => assert.deepEqual(openOf(outcome.stdout, config), []));
  }

  it('finds what is open in their inputs, wherever a policy that closes was written', () => {
    const closing = rendered.filter(({ input, outcome }) => {
      const isFresh = !splitItems(input).items.some((item) => item.includes('NetworkPolicy'));
      return isFresh && splitItems(outcome.stdout).items.some(isGenerated);
    });
    assert.ok(closing.length > 150, `only ${closing.length}`);
    const missed = closing.filter(({ input, config }) => openOf(input, config).length === 0);
    assert.deepEqual(
      missed.map(({ name }) => name),
      [],
    );
  });
});

function closesNothing(item: string): boolean {
  return /kind: Staged/.test(item) || item.includes('enableDefaultDeny');
}
