import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { type Outcome, runPostern } from '../golden/run-postern.ts';

/** What one overlay makes of the base, with the annotations that Kustomize 5.8.2 writes. */
interface Overlay {
  readonly prefix: string;
  readonly namespace: string;
  /** Earlier namespaces, in Kustomize's words. */
  readonly before: string;
  readonly env: string;
}

const KUSTOMIZE = 'internal.config.kubernetes.io/';
const BUILDS: Readonly<Record<string, readonly [Overlay, Overlay]>> = {
  'by prefix': [
    { prefix: 's-', namespace: 'shop', before: 'default', env: 'staging' },
    { prefix: 'p-', namespace: 'shop', before: 'default', env: 'production' },
  ],
  'by namespace': [
    { prefix: '', namespace: 'staging', before: 'shop', env: 'staging' },
    { prefix: '', namespace: 'production', before: 'shop', env: 'production' },
  ],
  'by both': [
    { prefix: 's-', namespace: 'staging', before: 'shop,staging', env: 'staging' },
    { prefix: 'p-', namespace: 'production', before: 'shop,production', env: 'production' },
  ],
};

/** Names only: a set such as `namespace` means the other copy's pods too where both are in one namespace. */
const list = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'a:http', 'b:8080', 'shop/a', 'shop/b:80', 'shop/d'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((items) => items.join(', '));
const annotations = fc.record(
  {
    'postern.dev/allow-to': list,
    'postern.dev/allow-from': list,
    'postern.dev/isolate': fc.constantFrom('ingress', 'both'),
    'postern.dev/trust': fc.constantFrom('either', 'namespace'),
  },
  { requiredKeys: [] },
);

const deployments = fc.record({ a: annotations, b: annotations, c: annotations }, { requiredKeys: ['a', 'b'] });
interface Base {
  readonly deployments: Readonly<Record<string, object | undefined>>;
  readonly services: readonly string[];
}
const base: fc.Arbitrary<Base> = fc.record({ deployments, services: fc.subarray(['a', 'd']) });

describe('two overlays in one build', () => {
  for (const [how, [one, other]] of Object.entries(BUILDS)) {
    it(`mean the same ${how} as each of them alone`, () => {
      let succeeded = 0;
      const property = fc.property(base, base, fc.boolean(), (first, second, isSame) => {
        const copies = [render(first, one), render(isSame ? first : second, other)];
        const alone = copies.map((copy) => runPostern(copy));
        const together = runPostern(copies.join('---\n'));
        assert.deepEqual(errorsOf(together), alone.flatMap(errorsOf).sort());
        if (together.status === 1) return;
        succeeded += 1;
        assert.deepEqual(policiesOf(together), alone.flatMap(policiesOf).sort());
      });
      fc.assert(property, { numRuns: 150 });
      assert.ok(succeeded > 3, `only ${succeeded} builds succeeded`);
    });
  }
});

function render({ deployments, services }: Base, overlay: Overlay): string {
  const objects = [
    ...Object.entries(deployments).map(([name, said]) => deployment(name, said ?? {}, overlay)),
    ...services.map((name) => service(name, overlay)),
  ];
  return objects.map((object) => dump(object, { noRefs: true })).join('---\n');
}

function deployment(name: string, said: object, overlay: Overlay): object {
  const labels = { app: name, env: overlay.env };
  const containers = [{ name: 'main', ports: [{ containerPort: 8080, name: 'http' }] }];
  const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadataOf(name, said, overlay), spec };
}

/** In front of `a`, or of `b` under the name `d`. */
function service(name: string, overlay: Overlay): object {
  const selector = { app: name === 'd' ? 'b' : name, env: overlay.env };
  const spec = { selector, ports: [{ port: 80, targetPort: 'http' }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: metadataOf(name, {}, overlay), spec };
}

function metadataOf(name: string, said: object, { prefix, namespace, before }: Overlay): object {
  const history = {
    [`${KUSTOMIZE}previousNames`]: before.replace(/[^,]+/g, name),
    [`${KUSTOMIZE}previousNamespaces`]: before,
    ...(prefix === '' ? {} : { [`${KUSTOMIZE}prefixes`]: prefix }),
  };
  return { name: `${prefix}${name}`, namespace, annotations: { ...history, ...said } };
}

function policiesOf({ stdout }: Outcome): readonly string[] {
  const objects = loadAll(stdout) as ({ readonly kind?: string } | null)[];
  return objects
    .filter((object) => object?.kind === 'NetworkPolicy')
    .map((policy) => JSON.stringify(policy))
    .sort();
}

/** Without their item numbers, and without proposals, which may name what only the other copy has. */
function errorsOf({ stderr }: Outcome): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('[error]'));
  return lines
    .map((line) => line.replace(/ \(item \d+\)$/, '').replace(/(?:; for pods| \(did you mean).*?(?= \[)/, ''))
    .sort();
}
