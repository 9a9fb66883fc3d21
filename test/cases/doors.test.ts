import assert from 'node:assert/strict';
import type { Problem } from '../../src/model/problem.ts';
import { run } from '../../src/run.ts';
import { annotate, type Lists, type Said } from './annotate.ts';
import { type Case, casesWithEdges, describeCases } from './case-folder.ts';
import type { Cluster } from './cluster.ts';
import { DIFFERENCES, unexplained } from './differences.ts';
import { expectationsOf } from './expectation.ts';
import { generatedPolicies, modelOf } from './generated.ts';
import { configOf, readFacts, surprises } from './trial.ts';
import { putWords } from './words.ts';

describeCases('Real clusters whose callers ask while nobody grants', () => {
  for (const source of casesWithEdges()) {
    it(`${source.name}: by default an ask opens doors in its own namespace, and says which others stay closed`, () => {
      const { edges } = readFacts(source);
      const across = edges.pairs.filter(({ source: from, destination, closed }) => {
        return closed.length === 2 && from.split('/')[0] !== destination.split('/')[0];
      });
      const { doors } = ask(source, 'namespace', (said) => said);
      assert.equal(doors.length, across.length, doors.map(({ message }) => message).join('\n'));
    });

    it(`${source.name}: who follows the advice of each closed door has the connections of the table`, () => {
      const { edges, cluster } = readFacts(source);
      const { doors } = ask(source, 'own', (said) => said);
      const again = ask(source, 'own', (said) => doors.reduce((words, door) => follow(words, door, cluster), said));
      assert.deepEqual(
        again.doors.map(({ message }) => message),
        [],
      );
      const found = surprises(
        generatedPolicies(again.text, again.output).map(modelOf),
        expectationsOf(edges, cluster, 'asks'),
      );
      assert.deepEqual(unexplained(DIFFERENCES, source.name, found), []);
    });
  }
});

function ask(source: Case, trust: string, change: (said: Said) => Said) {
  const { cluster, edges } = readFacts(source);
  const { text, spec } = putWords(source.input, change(annotate(edges, cluster, 'asks')), cluster, 'asks');
  const { output, problems } = run({
    input: text,
    config: { text: configOf({ ...spec, trust }), file: 'postern.yaml' },
  });
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.filter(({ code }) => code !== 'closed-door'),
    [],
  );
  return { text, output, doors: errors };
}

const ADVICE =
  /: add "([^"]+)" to (?:postern\.dev\/allow-from of (\w+)\/(?:([^/ ]+)\/)?([^/ ]+)|allowFrom of the entry "([^"]+)" .*)$/;

/** Writes down what the problem of a closed door says to write, where it says to. */
function follow(said: Said, { message }: Problem, cluster: Cluster): Said {
  const [, item, kind, namespace = 'default', name, entry] = ADVICE.exec(message) ?? [];
  assert.ok(item !== undefined, `must say what to add and where, got: ${message}`);
  if (kind === 'Service') {
    const id = `${namespace}/Service/${name}`;
    return { ...said, services: new Map([...said.services, [id, [...(said.services.get(id) ?? []), item]]]) };
  }
  const workload = [...cluster.workloads.values()].find((each) => {
    if (entry !== undefined) return each.form === 'custom' && each.name === entry;
    return each.id === `${namespace}/${kind}/${name}`;
  });
  assert.ok(workload !== undefined, `must name an object of the input, got: ${message}`);
  const known = said.workloads.get(workload.id) ?? NOTHING;
  const lists = { ...known, allowFrom: [...known.allowFrom, item] };
  return { ...said, workloads: new Map([...said.workloads, [workload.id, lists]]) };
}

const NOTHING: Lists = { allowFrom: [], allowTo: [], isolate: undefined, noDns: false };
