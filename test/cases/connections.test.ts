import assert from 'node:assert/strict';
import type { Flavour } from './annotate.ts';
import { type Case, casesWithEdges, describeCases } from './case-folder.ts';
import { DIFFERENCES, unexplained } from './differences.ts';
import { FLAVOURS } from './flavours.ts';
import { modelOf } from './generated.ts';
import { surprises, tryCase } from './trial.ts';

describeCases('Real clusters, annotated', () => {
  for (const source of casesWithEdges()) {
    for (const flavour of FLAVOURS) {
      it(`${source.name} has its connections when it says them as ${flavour}`, () => checkCase(source, flavour));
    }
  }

  // Postern leaves kube-system alone, so a cluster that isolates it says its connections under another name too.
  for (const source of casesWithEdges().filter(isolatesSystem).map(renameSystem)) {
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
  assert.deepEqual(unexplained(DIFFERENCES, source.name, surprises(policies.map(modelOf), expectations)), []);
}

function isolatesSystem({ edges }: Case): boolean {
  return /^# {3}kube-system\/\S+?(?: \[.*?\])?: (?!NOT ISOLATED \| NOT ISOLATED)/m.test(edges);
}

function renameSystem({ name, input, edges }: Case): Case {
  const rename = (text: string): string => text.replaceAll(/\bkube-system\b(?!-)/g, 'the-system');
  return { name: `${name} with kube-system renamed`, input: rename(input), edges: rename(edges) };
}
