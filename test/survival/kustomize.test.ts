import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertGolden } from '../golden/golden-file.ts';
import { describeWith, KUSTOMIZE_VERSIONS } from '../tools.ts';
import { withApp, withTree } from './build-tree.ts';
import { policyNames, reachTable } from './reach-table.ts';
import { renameTable } from './rename-table.ts';
import { DATA, linesOf, PLACEMENTS, type Placement, type Row, readRows } from './row.ts';
import { type ClientRun, kustomizeBuild } from './run-client.ts';

const rows = readRows();

for (const version of KUSTOMIZE_VERSIONS) {
  describeWith(`kustomize-${version}`, `what survives kustomize ${version}`, (kustomize) => {
    before(() => assert.ok(rows.length > 0, 'there are no rows'));

    for (const app of new Set(rows.map((row) => row.app))) {
      it(`connects the app ${app} as written down`, () => {
        const built = withApp(app, (folder) => kustomizeBuild(kustomize, folder));
        assert.equal(built.status, 0, built.stderr);
        assert.deepEqual(reachTable(built.stdout), bareTable(app));
      });
    }

    for (const row of rows) {
      describe(row.title, () => {
        for (const placement of PLACEMENTS) {
          const outcome = row.outcomes[placement];
          it(`${placement}: ${outcome.says ?? 'survives'}`, () => {
            const built = withTree(row, placement, (top) => kustomizeBuild(kustomize, top));
            if (outcome.refused === undefined) assertReach(row, placement, built, bareTable(row.app));
            else assertRefused(outcome.refused, built);
          });
        }
      });
    }
  });
}

/** Who reaches whom in an app that nothing is wrapped around, written by hand. */
function bareTable(app: string): readonly string[] {
  return linesOf(readFileSync(join(DATA, 'apps', app, 'reach.txt'), 'utf8'));
}

/**
 * Compares who reaches whom with the bare app under its new names. The folder's `reach-<placement>.txt` has the difference,
 * lines that begin with `+` or `-`; without that file there must be none.
 */
function assertReach(row: Row, placement: Placement, built: ClientRun, bare: readonly string[]): void {
  assert.equal(built.status, 0, built.stderr);
  assert.ok(built.stdout.includes(row.wrapped), `the overlay must have written ${row.wrapped}:\n${built.stdout}`);
  assert.notDeepEqual(policyNames(built.stdout), [], 'there must be policies');
  const { warned } = row.outcomes[placement];
  if (warned !== undefined) assert.match(built.stderr, new RegExp(`\\[warning\\].*\\[${warned}\\]`));
  const want = new Set(renameTable(bare, row.renames));
  const got = new Set(reachTable(built.stdout));
  const missing = [...want].filter((line) => !got.has(line)).map((line) => `- ${line}`);
  const added = [...got].filter((line) => !want.has(line)).map((line) => `+ ${line}`);
  assertGolden(row.folder, `reach-${placement}.txt`, [...missing, ...added].map((line) => `${line}\n`).join(''));
}

function assertRefused(code: string, built: ClientRun): void {
  assert.notEqual(built.status, 0);
  assert.equal(built.stdout, '', 'a failed build must print nothing that could be applied');
  assert.match(built.stderr, new RegExp(`\\[error\\].*\\[${code}\\]`));
}
