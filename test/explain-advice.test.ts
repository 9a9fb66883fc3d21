import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { explain } from '../src/explain.ts';
import { run } from '../src/run.ts';
import { ROOT } from './tools.ts';

const SEEDS = join(ROOT, 'testdata', 'seeds');
const BUILDS = [
  'team-namespaces/cluster',
  'zero-trust-playbook/clusters/staging',
  'homelab/cluster',
  'database-rule/overlays/production',
];

/** Every so many of the closed pairs are tried, since each takes a run of its own. */
const STEP = 4;

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; annotations?: Record<string, string> };
}

interface ResourceList {
  readonly items: KubernetesObject[];
}

describe('what explain proposes for a closed door', function () {
  this.timeout(0);

  for (const name of BUILDS) {
    it(`opens it in ${name}`, () => {
      const given = load(readFileSync(join(SEEDS, name, 'input.yaml'), 'utf8')) as ResourceList;
      const finished = generate(given);
      const names = given.items.filter(({ kind }) => WORKLOADS.has(kind)).map(({ metadata }) => nameOf(metadata));
      const pairs = names.flatMap((from) =>
        names.filter((to) => to !== from).map((to) => [from, `${to}:7777`] as const),
      );
      const closed = pairs
        .filter(([from, to]) => ask(finished, from, to).outcome !== 'allowed')
        .filter((_, at) => at % STEP === 0);
      assert.ok(closed.length > 0, 'everything is open: there is nothing to try');
      for (const [from, to] of closed) {
        const advice = adviceOf(finished, from, to);
        const opened = ask(generate(follow(given, advice)), from, to);
        assert.equal(opened.outcome, 'allowed', `${from} -> ${to} stays closed after: ${advice.join('; ')}`);
      }
    });
  }
});

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

function generate(list: ResourceList): string {
  const { output, problems, failed } = run({ input: dump(list) });
  assert.ok(!failed, JSON.stringify(problems.filter(({ severity }) => severity === 'error')));
  return output;
}

function ask(input: string, from: string, to: string): ReturnType<typeof explain> {
  const answer = explain({ input }, { from, to, format: 'json', isColoured: false });
  assert.notEqual(answer.outcome, undefined, JSON.stringify(answer.problems));
  return answer;
}

function adviceOf(input: string, from: string, to: string): readonly string[] {
  const { answers } = JSON.parse(ask(input, from, to).text);
  return answers.flatMap(({ egress, ingress }: Record<string, { readonly toOpen?: string }>) =>
    [egress?.toOpen, ingress?.toOpen].filter((text) => text !== undefined && !text.startsWith('the same item')),
  );
}

/** The build with each proposed item in its list. */
function follow(given: ResourceList, advice: readonly string[]): ResourceList {
  const items = given.items.map((item) => structuredClone(item));
  for (const text of advice) {
    const [, none, replaced, added, key = '', object = ''] =
      /^(?:(replace "none" with) "(.+)" in|add "(.+)" to) (postern\.dev\/[a-z-]+) of (\S+)$/.exec(text) ?? [];
    const target = items.find(({ kind, metadata }) => `${kind}/${nameOf(metadata)}` === object);
    assert.ok(target !== undefined, `cannot follow: ${text}`);
    const annotations = target.metadata.annotations ?? {};
    target.metadata.annotations = annotations;
    const before = none === undefined ? annotations[key] : undefined;
    annotations[key] = [before, added ?? replaced].filter((word) => word !== undefined).join('\n');
  }
  return { ...given, items };
}

function nameOf({ name, namespace }: KubernetesObject['metadata']): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
