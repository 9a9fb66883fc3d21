import assert from 'node:assert/strict';
import type { Problem } from '../../src/model/problem.ts';
import { casesWithEdges, describeCases } from './case-folder.ts';
import { tryCase } from './trial.ts';
import { WARNINGS } from './warnings.ts';

// A warning that is wrong teaches users to read none of them.
describeCases('Real clusters, annotated, are warned only of their own faults', () => {
  for (const source of casesWithEdges()) {
    it(source.name, () => {
      const { problems } = tryCase(source, 'both-ends');
      const warnings = problems.filter(({ severity }) => severity === 'warning').map(toLine);
      const known = WARNINGS.filter((warned) => warned.case === source.name);
      const expected = known.flatMap(({ code, subjects }) => subjects.map((subject) => `${code} ${subject}`));
      assert.deepEqual([...new Set(warnings)].sort(), expected.sort());
    });
  }
});

/** A warning in the config is about the pods that its message names. */
function toLine({ code, resource, message }: Problem): string {
  const inConfig = resource?.kind === 'NetworkPolicyGenerator';
  const subject = inConfig
    ? /is not a port of (\S+)/.exec(message)?.[1]
    : [resource?.kind, resource?.namespace, resource?.name].filter((part) => part !== undefined).join('/');
  return `${code} ${subject}`;
}
