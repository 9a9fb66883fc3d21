import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Flow } from '../../src/model/flow.ts';
import { PROTOCOLS } from '../../src/model/port.ts';
import { hasPort } from '../../src/policy/port-set.ts';
import { askCyclonus } from '../reach/cyclonus.ts';
import { describeWith } from '../tools.ts';
import { arbitraryBuild, type RandomBuild } from './arbitrary-build.ts';
import { readMatrix } from './read-matrix.ts';

const BUILDS = 2000;

/** Ports that policies name, and their neighbours. */
const PORTS = [53, 79, 80, 81, 443, 444, 8080, 65535] as const;

interface Question {
  readonly pair: string;
  readonly flow: Flow;
}

describeWith('cyclonus', 'the matrix of random builds, against Cyclonus', (binary) => {
  it(`agrees on ${BUILDS} builds`, function () {
    this.timeout(0);
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const builds = fc.sample(arbitraryBuild, { numRuns: BUILDS, seed }).map(apart);
    const asked = builds.map((build, number) => questionsOn(build, number));
    const theirs = askCyclonus(
      binary,
      builds.flatMap(({ policies }) => policies),
      asked.flat().map(({ flow }) => flow),
    ).map(({ allowed }) => allowed);
    const ours = builds.flatMap(({ text }, number) => {
      const { open } = readMatrix(text);
      return (asked[number] ?? []).map(({ pair, flow }) => hasPort(open.get(pair) ?? [], flow.protocol, flow.port));
    });
    assert.equal(theirs.length, ours.length);
    const wrong = asked.flat().filter((_, at) => ours[at] !== theirs[at]);
    assert.deepEqual(wrong.slice(0, 1), [], `with the seed ${seed}, ${wrong.length} connections differ`);
    const allowed = ours.filter((is) => is).length;
    assert.ok(
      Math.min(allowed, ours.length - allowed) > BUILDS,
      `with the seed ${seed}, ${allowed} of ${ours.length} pass`,
    );
  });
});

/** Some connections of each build: its pods in turn, on ports in turn. */
function questionsOn({ pods }: RandomBuild, number: number): readonly Question[] {
  const named = [...pods];
  return Array.from({ length: 10 }, (_, turn): Question[] => {
    const [source] = named.slice(turn % named.length);
    const [destination] = named.slice((turn * 3 + number + 1) % named.length);
    const port = PORTS[(turn + number) % PORTS.length] ?? 80;
    const protocol = PROTOCOLS[turn % 5 === 4 ? 1 + (number % 2) : 0] ?? 'TCP';
    if (source === undefined || destination === undefined) return [];
    const flow = { source: source[1], destination: destination[1], protocol, port };
    return [{ pair: `${source[0]} -> ${destination[0]}`, flow }];
  }).flat();
}

/** Namespaces of its own for each build, so that one process answers for all. */
function apart(build: RandomBuild, number: number): RandomBuild {
  const rename = (namespace: string): string => `${namespace}-${number}`;
  const text = build.text
    .replace(/"namespace":"([abc])"/g, (_, name: string) => `"namespace":"${rename(name)}"`)
    .replace(
      /("kind":"Namespace","metadata":\{"name":)"([abc])"/g,
      (_, lead: string, name: string) => `${lead}"${rename(name)}"`,
    );
  return {
    text,
    policies: build.policies.map((one) => ({
      ...one,
      metadata: { ...one.metadata, namespace: rename(one.metadata.namespace) },
    })),
    pods: new Map(
      [...build.pods].map(([name, pod]) => {
        const namespace = rename(pod.namespace);
        const namespaceLabels = { ...pod.namespaceLabels, 'kubernetes.io/metadata.name': namespace };
        return [`${namespace}${name.slice(1)}`, { ...pod, namespace, namespaceLabels }];
      }),
    ),
  };
}
