import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import type { Plan } from '../../src/model/plan.ts';
import { plan } from '../../src/plan.ts';
import { type RunResult, run } from '../../src/run.ts';
import { casesWithInput, describeCases, readCaseFile } from '../cases/case-folder.ts';
import { splitRepeats } from '../cases/split-repeats.ts';
import { TESTDATA } from '../golden/golden-case.ts';
import { applyPlan } from './apply-plan.ts';

const NAMESPACE = 'default';
const CONFIGS = ['{}', '{isolate: both}'];
/** Some of their documents are a YAML that no plain data can hold; the last is argo-cd-ha with megabytes of definitions. */
const SKIPPED: ReadonlySet<string> = new Set(['ugly-k8s', 'argo-rollouts-examples', 'scale-argocd-ha-install']);

describeCases('A plan of every real input, applied', () => {
  for (const name of casesWithInput().filter((each) => !SKIPPED.has(each))) {
    it(`${name}: is taken without an error, and nothing that was revealed is cut`, () => {
      for (const piece of splitRepeats(readCaseFile(name, 'input.yaml'))) assertAdopted(piece);
    });

    it(`${name}: so is that of each namespace alone`, () => {
      for (const piece of splitRepeats(readCaseFile(name, 'input.yaml'))) assertAdoptedAlone(piece);
    });
  }
});

describe('A plan of every cluster of the documents, with its annotations taken away', () => {
  for (const name of seeds()) {
    const input = withoutWords(readFileSync(join(TESTDATA, 'seeds', name, 'input.yaml'), 'utf8'));
    it(name, () => assertAdopted(input));
    it(`${name}, each namespace alone`, () => assertAdoptedAlone(input));
  }
});

function assertAdopted(input: string): void {
  const planned = planOf(input);
  const applied = applyPlan(input, planned);
  for (const spec of CONFIGS) {
    const config = {
      text: `apiVersion: postern.dev/v1alpha1\nkind: NetworkPolicyGenerator\nmetadata: {name: netpol}\nspec: ${spec}\n`,
      file: 'config.yaml',
    };
    const result = run({ input: applied, config, namespace: NAMESPACE });
    assert.deepEqual(errorsOf(result), []);
    assert.deepEqual(written(planOf(result.output)), [], 'a second plan must have nothing to write');
  }
}

/** Each namespace on its own, while the others are as they were. */
function assertAdoptedAlone(input: string): void {
  for (const { name } of planOf(input).namespaces) {
    const result = run({ input: applyPlan(input, planOf(input, name)), namespace: NAMESPACE });
    assert.deepEqual(errorsOf(result), [], name);
    assert.deepEqual(written(planOf(result.output, name)), [], `${name} must have nothing to write any more`);
  }
}

function errorsOf({ problems }: RunResult): readonly unknown[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.map(({ message, resource, got }) => [message, resource?.name, got]);
}

function planOf(input: string, only?: string): Plan {
  const { plan: found, problems } = plan({ input, namespace: NAMESPACE, ...(only === undefined ? {} : { only }) });
  assert.notEqual(found, undefined, JSON.stringify(problems.map(({ message }) => message)));
  return found as Plan;
}

/** Every annotation that a plan still wants. */
function written({ namespaces }: Plan): readonly string[] {
  return namespaces.flatMap(({ objects }) =>
    objects.flatMap(({ resource, annotations }) =>
      annotations.map(({ key, items }) => `${resource.name} ${key} ${items.map(({ text }) => text).join()}`),
    ),
  );
}

function seeds(): readonly string[] {
  return readdirSync(join(TESTDATA, 'seeds'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('input.yaml'))
    .map((path) => path.slice(0, -'/input.yaml'.length))
    .sort();
}

interface Item {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
}

/** The items of a ResourceList as a stream, without an annotation of Postern or of a client. */
function withoutWords(text: string): string {
  const [{ items }] = loadAll(text) as [{ readonly items: readonly Item[] }];
  return items
    .map((item) => dump({ ...item, metadata: { ...item.metadata, annotations: othersOf(item) } }))
    .join('---\n');
}

function othersOf({ metadata }: Item): Readonly<Record<string, string>> {
  const others = Object.entries(metadata?.annotations ?? {}).filter(
    ([key]) => !/postern|kubernetes\.io|k8s\.io/.test(key),
  );
  return Object.fromEntries(others);
}
