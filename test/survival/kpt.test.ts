import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describeWith } from '../tools.ts';
import { filesOf, type KptPackage, render, streamOf, withPackage } from './kpt-package.ts';
import { reachTable } from './reach-table.ts';
import { renameTable } from './rename-table.ts';
import { DATA, linesOf, type Rename } from './row.ts';

const BARE = linesOf(readFileSync(join(DATA, 'kpt', 'reach.txt'), 'utf8'));

/**
 * What kpt's functions may do around this one; `settles` is the render after which no file changes any more: the second
 * where a function changes what an earlier one of the pipeline has read or written.
 */
const PIPELINES: readonly { functions: readonly string[]; rename: Rename; settles: number }[] = [
  { functions: ['postern'], rename: {}, settles: 1 },
  { functions: ['set-labels', 'postern'], rename: {}, settles: 2 },
  { functions: ['postern', 'set-labels'], rename: {}, settles: 2 },
  { functions: ['set-namespace', 'postern'], rename: { namespace: 'staging' }, settles: 1 },
  { functions: ['postern', 'set-namespace'], rename: { namespace: 'staging' }, settles: 2 },
];

describeWith('kpt', 'what survives kpt', (kpt) => {
  for (const { functions, rename, settles } of PIPELINES) {
    describe(`a pipeline of ${functions.join(', ')}`, () => {
      it('connects the same workloads after every render', () => {
        withPackage(kpt, functions, (shop) => {
          for (let round = 1; round <= settles + 1; round++) {
            assertSuccess(render(shop));
            assert.deepEqual(reachTable(streamOf(shop.folder)), renameTable(BARE, [rename]), `render ${round}`);
          }
        });
      });

      it(`gives the same files, byte for byte, from render ${settles} on`, () => {
        withPackage(kpt, functions, (shop) => {
          for (let round = 1; round <= settles; round++) assertSuccess(render(shop));
          const settled = filesOf(shop.folder);
          assertSuccess(render(shop));
          assert.deepEqual(filesOf(shop.folder), settled);
        });
      });
    });
  }

  it('puts each policy in a file named after it, and leaves every other file as it was', () => {
    withPackage(kpt, ['postern'], (shop) => {
      const before = filesOf(shop.folder);
      assertSuccess(render(shop));
      const after = filesOf(shop.folder);
      const added = Object.keys(after).filter((path) => !(path in before));
      assert.deepEqual(added, ['networkpolicy_cart.yaml', 'networkpolicy_web.yaml']);
      assert.deepEqual(Object.fromEntries(Object.entries(after).filter(([path]) => path in before)), before);
    });
  });

  it('keeps a policy in the file to which somebody moved it', () => {
    withPackage(kpt, ['postern'], (shop) => {
      assertSuccess(render(shop));
      mkdirSync(join(shop.folder, 'policies'));
      renameSync(join(shop.folder, 'networkpolicy_web.yaml'), join(shop.folder, 'policies', 'web.yaml'));
      const moved = filesOf(shop.folder);
      assertSuccess(render(shop));
      assert.deepEqual(filesOf(shop.folder), moved);
    });
  });

  it('follows a change of the files between two renders', () => {
    withPackage(kpt, ['postern'], (shop) => {
      assertSuccess(render(shop));
      edit(shop, 'backend/cart.yaml', 'app: cart', 'app: basket');
      edit(shop, 'backend/cart.yaml', 'containerPort: 9090', 'containerPort: 9999');
      assertSuccess(render(shop));
      const want = BARE.map((line) => line.replace('9090', '9999'));
      assert.deepEqual(reachTable(streamOf(shop.folder)), want);
    });
  });

  it('removes the policy of a workload that is gone', () => {
    withPackage(kpt, ['postern'], (shop) => {
      assertSuccess(render(shop));
      renameSync(join(shop.folder, 'backend', 'cart.yaml'), join(shop.folder, 'cart.txt'));
      edit(shop, 'web.yaml', 'postern.dev/allow-to: "cart", ', '');
      assertSuccess(render(shop));
      assert.equal(existsSync(join(shop.folder, 'networkpolicy_cart.yaml')), false);
      assert.equal(existsSync(join(shop.folder, 'networkpolicy_web.yaml')), true);
    });
  });

  it('saves its problems with --results-dir, and writes nothing when one is an error', () => {
    withPackage(kpt, ['postern'], (shop) => {
      assertSuccess(render(shop));
      edit(shop, 'web.yaml', 'allow-to: "cart"', 'allow-to: "chart"');
      edit(shop, 'backend/cart.yaml', 'containerPort: 9090', 'containerPort: 9999');
      const broken = filesOf(shop.folder);
      const { status } = render(shop);
      assert.notEqual(status, 0);
      assert.deepEqual(filesOf(shop.folder), broken);
      const [result] = resultsOf(shop);
      assert.deepEqual(
        {
          severity: result?.['severity'],
          resource: result?.['resourceRef'],
          field: result?.['field'],
          file: result?.['file'],
        },
        {
          severity: 'error',
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          field: { path: 'metadata.annotations["postern.dev/allow-to"]', currentValue: 'chart', proposedValue: 'cart' },
          file: { path: 'web.yaml' },
        },
      );
    });
  });

  it('saves warnings of a render that succeeds', () => {
    withPackage(kpt, ['postern'], (shop) => {
      edit(shop, 'web.yaml', 'allow-to: "cart"', 'allow-to: "cart:6666"');
      assertSuccess(render(shop));
      assert.deepEqual(
        resultsOf(shop).map(({ severity }) => severity),
        ['warning'],
      );
    });
  });

  it('runs by kpt fn eval with a config file, with the same outcome as by render', () => {
    withPackage(kpt, ['postern'], (shop) => {
      assertSuccess(shop.run('fn', 'eval', 'package', '--exec', 'bin/postern', '--fn-config', 'package/netpol.yaml'));
      const evaluated = filesOf(shop.folder);
      assertSuccess(render(shop));
      assert.deepEqual(filesOf(shop.folder), evaluated);
      assert.deepEqual(reachTable(streamOf(shop.folder)), BARE);
    });
  });

  it('runs by kpt fn eval with fields on the command line, twice with the same outcome', () => {
    withPackage(kpt, [], (shop) => {
      const evaluate = () =>
        assertSuccess(shop.run('fn', 'eval', 'package', '--exec', 'bin/postern', '--', 'isolate=both'));
      evaluate();
      const once = filesOf(shop.folder);
      evaluate();
      assert.deepEqual(filesOf(shop.folder), once);
      assert.deepEqual(reachTable(streamOf(shop.folder)), BARE);
    });
  });

  it('does not run by kpt fn render without --allow-exec', () => {
    withPackage(kpt, ['postern'], (shop) => {
      const before = filesOf(shop.folder);
      const { status, stderr } = shop.run('fn', 'render', 'package');
      assert.notEqual(status, 0);
      assert.match(stderr, /--allow-exec/);
      assert.deepEqual(filesOf(shop.folder), before);
    });
  });
});

function assertSuccess({ status, stderr }: { readonly status: number | null; readonly stderr: string }): void {
  assert.equal(status, 0, stderr);
}

function edit(shop: KptPackage, file: string, from: string, to: string): void {
  const path = join(shop.folder, file);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${file} must have ${from}`);
  writeFileSync(path, text.replaceAll(from, to));
}

function resultsOf(shop: KptPackage): readonly Readonly<Record<string, unknown>>[] {
  const saved = load(readFileSync(join(shop.results, 'results.yaml'), 'utf8')) as {
    readonly items: readonly { readonly results?: readonly Readonly<Record<string, unknown>>[] }[];
  };
  return saved.items.flatMap(({ results }) => results ?? []);
}
