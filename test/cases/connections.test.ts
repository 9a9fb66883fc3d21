import assert from 'node:assert/strict';
import type { Flavour } from './annotate.ts';
import { type Case, casesWithEdges, describeCases } from './case-folder.ts';
import { unexplained } from './differences.ts';
import { modelOf } from './generated.ts';
import { surprises, tryCase } from './trial.ts';

export const FLAVOURS: readonly Flavour[] = ['both-ends', 'asks', 'grants'];

describeCases('Real clusters, annotated', () => {
  for (const source of casesWithEdges()) {
    for (const flavour of FLAVOURS) {
      it(`${source.name} has its connections when it says them as ${flavour}`, () => checkCase(source, flavour));
    }
  }
});

function checkCase(source: Case, flavour: Flavour): void {
  const { problems, policies, expectations } = tryCase(source, flavour);
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
  assert.deepEqual(unexplained(source.name, flavour, surprises(policies.map(modelOf), expectations)), []);
}
