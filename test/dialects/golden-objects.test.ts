import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ROOT } from '../tools.ts';
import { refusalsOf } from './check-objects.ts';
import { describeWithCheckers } from './run-checker.ts';

const DATA = join(ROOT, 'testdata');
const DIALECTS =
  /^(cilium\.io|projectcalico\.org|policy\.networking\.k8s\.io|policy\.linkerd\.io|security\.istio\.io)\//;

interface Found {
  readonly apiVersion?: string;
  readonly items?: readonly Found[];
}

/** The policies of other dialects that the golden cases expect, as a YAML stream for each case that has some. */
function goldenPolicies(): ReadonlyMap<string, string> {
  const files = readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('expected.yaml'),
  );
  const found = files.map((file): readonly [string, string] => [
    file,
    ownPolicies(readFileSync(join(DATA, file), 'utf8')),
  ]);
  return new Map(found.filter(([, stream]) => stream !== ''));
}

/** A case expects either a plain stream or a ResourceList. */
function ownPolicies(yaml: string): string {
  const documents = (loadAll(yaml) as readonly (Found | null)[]).filter((document) => document !== null);
  return documents
    .flatMap((document) => document.items ?? [document])
    .filter(({ apiVersion = '' }) => DIALECTS.test(apiVersion))
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
}

describeWithCheckers('the golden policies of other dialects', () => {
  const policies = goldenPolicies();

  it('are many', () => assert.ok(policies.size >= 10, `${policies.size}`));

  for (const [file, stream] of policies) it(`are accepted: ${file}`, () => assert.deepEqual(refusalsOf(stream), []));
});
