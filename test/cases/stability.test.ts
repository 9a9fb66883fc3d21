import assert from 'node:assert/strict';
import { run } from '../../src/run.ts';
import { annotate, type Flavour } from './annotate.ts';
import { type Case, casesWithEdges, describeCases } from './case-folder.ts';
import { generatedPolicies, type PolicyObject } from './generated.ts';
import { configOf, readFacts } from './trial.ts';
import { putWords } from './words.ts';
import { splitDocuments } from './write-annotations.ts';

const FLAVOURS: readonly Flavour[] = ['both-ends', 'asks'];

describeCases('Real clusters, annotated, twice', () => {
  for (const source of casesWithEdges()) {
    for (const flavour of FLAVOURS) {
      it(`${source.name} as ${flavour}: a second run changes nothing, nor does another order of the input`, () =>
        checkStable(source, flavour));
    }
  }
});

function checkStable(source: Case, flavour: Flavour): void {
  const { cluster, edges } = readFacts(source);
  const { text, spec } = putWords(source.input, annotate(edges, cluster, flavour), cluster, flavour);
  const config = { text: configOf(spec), file: 'postern.yaml' };
  const { output } = run({ input: text, config });
  assert.equal(run({ input: output, config }).output, output);
  const turned = turn(text);
  const again = run({ input: turned, config }).output;
  assert.deepEqual(byName(generatedPolicies(turned, again)), byName(generatedPolicies(text, output)));
}

/** The documents from last to first. */
function turn(text: string): string {
  const documents = splitDocuments(text).map((document) => document.replace(/^---.*\n?/, '').trimEnd());
  return documents
    .filter((document) => document !== '')
    .reverse()
    .join('\n---\n');
}

function byName(policies: readonly PolicyObject[]): readonly PolicyObject[] {
  const key = ({ metadata }: PolicyObject): string => `${metadata.namespace}/${metadata.name}`;
  return [...policies].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
