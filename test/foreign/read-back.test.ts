import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { matrix } from '../../src/matrix.ts';
import { run } from '../../src/run.ts';
import { ROOT } from '../tools.ts';

const DIALECTS = ['cilium', 'calico'] as const;

describe('what a dialect writes, read back', function () {
  this.timeout(0);

  for (const dialect of DIALECTS) {
    it(`lets the same connections through as plain NetworkPolicies: ${dialect}`, () => {
      let compared = 0;
      for (const path of plainCases()) {
        const text = readFileSync(path, 'utf8');
        const [plain, other] = [tableOf(text, 'kubernetes'), tableOf(text, dialect)];
        if (plain === undefined || other === undefined) continue;
        assert.equal(other, plain, path);
        compared += 1;
      }
      assert.ok(compared > 60, `only ${compared} cases were compared`);
    });
  }
});

/** Golden inputs that bring no config of their own. */
function plainCases(): readonly string[] {
  const folder = join(ROOT, 'testdata');
  return (
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('input.yaml'))
      .map((name) => join(folder, name))
      .filter((path) => !existsSync(join(dirname(path), 'config.yaml')))
      // A node is an address to one API, and a word of its own to another.
      .filter((path) => !/kind: ResourceList|hostNetwork/.test(readFileSync(path, 'utf8')))
      .sort()
  );
}

/** Who reaches whom under the policies that a dialect writes; undefined where it cannot say what is declared. */
function tableOf(input: string, dialect: string): string | undefined {
  const text = `apiVersion: postern.dev/v1alpha1
kind: NetworkPolicyGenerator
metadata: {name: postern}
spec: {dialect: ${dialect}}
`;
  const { output, failed } = run({ input, config: { text, file: 'config.yaml' } });
  if (failed) return undefined;
  const choice = { within: undefined, from: undefined, to: undefined, format: 'csv', detail: undefined } as const;
  const table = matrix({ input: output }, { ...choice, terminal: { width: 100, isColoured: false } });
  assert.ok(!table.failed, JSON.stringify(table.problems));
  // A label that Cilium leaves out: the run warns of it, and so does the reader.
  if (table.problems.some(({ code }) => code === 'unread-policy')) return undefined;
  return table.text;
}
