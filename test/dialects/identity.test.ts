import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TESTDATA } from '../golden/golden-case.ts';
import { refusalsOf } from './check-objects.ts';
import { describeWithCheckers } from './run-checker.ts';

/** Golden cases whose objects go to Linkerd or Istio. */
const CASES: readonly string[] = [
  ...readdirSync(join(TESTDATA, 'identity')).map((name) => join('identity', name)),
  join('seeds', 'homelab', 'meshed'),
];

describeWithCheckers('the authorization policies of meshes', () => {
  it('are there', () => {
    const text = CASES.map(expectedOf).join('\n');
    for (const kind of ['Server', 'AuthorizationPolicy', 'MeshTLSAuthentication', 'NetworkAuthentication']) {
      assert.match(text, new RegExp(`apiVersion: policy\\.linkerd\\.io/.*\nkind: ${kind}\n`), kind);
    }
    assert.match(text, /apiVersion: security\.istio\.io\/v1\nkind: AuthorizationPolicy\n/);
  });

  for (const name of CASES) {
    it(`are accepted by their own projects in ${name}`, () => assert.deepEqual(refusalsOf(expectedOf(name)), []));
  }
});

function expectedOf(name: string): string {
  const file = join(TESTDATA, name, 'expected.yaml');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
