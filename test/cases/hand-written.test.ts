import assert from 'node:assert/strict';
import { loadAll } from 'js-yaml';
import { casesWithEdges, describeCases, readCaseFile } from './case-folder.ts';
import { isIntended } from './edges.ts';
import { expectationsOf } from './expectation.ts';
import { modelOf, type PolicyObject } from './generated.ts';
import { readFacts, surprises } from './trial.ts';

/** The API server refuses a range that ends before it starts, so there are no policies to compare. */
const INVALID: readonly string[] = ['npg-empty-port-range'];

// The tables were derived by another evaluator: if `reach` reads the same policies otherwise, one of them is wrong.
describeCases('Real clusters under their own hand-written policies', () => {
  for (const source of casesWithEdges().filter(({ name, edges }) => !isIntended(edges) && !INVALID.includes(name))) {
    it(`${source.name} has the connections of its table`, () => {
      const { cluster, edges } = readFacts(source);
      const policies = loadAll(readCaseFile(source.name, 'policies.yaml')).filter(isPolicy).map(modelOf);
      assert.deepEqual(surprises(policies, expectationsOf(edges, cluster, 'both-ends')), []);
    });
  }
});

function isPolicy(value: unknown): value is PolicyObject {
  return typeof value === 'object' && value !== null;
}
