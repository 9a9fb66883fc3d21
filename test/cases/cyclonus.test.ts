import assert from 'node:assert/strict';
import { describeWith } from '../tools.ts';
import type { Flavour } from './annotate.ts';
import { type Case, casesWithEdges, describeCases } from './case-folder.ts';
import { askCyclonus } from './cyclonus.ts';
import { CYCLONUS_DIFFERENCES, unexplained } from './differences.ts';
import type { Expectation } from './expectation.ts';
import { FLAVOURS } from './flavours.ts';
import { compare, tryCase } from './trial.ts';

/** Tries of each case and flavour: enough to meet every rule, few enough to be quick. */
const SAMPLE = 150;

// The other tests ask our own reader of policies; here somebody else's answers.
describeCases('Real clusters, annotated, as another reader of policies sees them', () => {
  describeWith('cyclonus', 'cyclonus', (cyclonus) => {
    for (const source of casesWithEdges()) {
      for (const flavour of FLAVOURS) {
        it(`${source.name} has its connections when it says them as ${flavour}`, () => ask(cyclonus, source, flavour));
      }
    }
  });
});

function ask(cyclonus: string, source: Case, flavour: Flavour): void {
  const { policies, expectations } = tryCase(source, flavour);
  const tries = sample(expectations);
  assert.deepEqual(
    unexplained(CYCLONUS_DIFFERENCES, source.name, compare(tries, askCyclonus(cyclonus, policies, tries))),
    [],
  );
}

/** Every so many, from one end to the other: the tries of one workload stand together. */
function sample(expectations: readonly Expectation[]): readonly Expectation[] {
  const step = Math.max(1, expectations.length / SAMPLE);
  return expectations.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
