import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { type End, endsOf } from '../golden/ends.ts';
import { readPolicies } from '../golden/policies.ts';
import { readReachFile } from '../golden/reach-file.ts';
import { reachRows } from '../golden/reach-rows.ts';
import { runPostern } from '../golden/run-postern.ts';
import { withFolder } from '../survival/build-tree.ts';
import { kustomizeBuild } from '../survival/run-client.ts';
import { describeWith } from '../tools.ts';
import { type Compared, compare, reachers, rowOf } from './compare.ts';
import { SEEDS, seedBuild, seedFile } from './seed.ts';

const SEED = 'team-namespaces';
const [POD_1, POD_2, POD_3] = ['team-one-namespace/pod-1', 'team-one-namespace/pod-2', 'team-two-namespace/pod-3'];
const NGINX = 'system-ingress/ingress-nginx';

describe('the team namespaces', () => {
  let compared: Compared;

  before(() => {
    compared = compare(`${SEED}/cluster`);
  });

  it('let pod-1 reach pod-2, and pod-2 reach pod-3', () => {
    assert.deepEqual(reachers(compared, POD_1), [NGINX]);
    assert.deepEqual(reachers(compared, POD_2), [NGINX, POD_1]);
    assert.deepEqual(reachers(compared, POD_3), [NGINX, POD_2]);
  });

  it('give every pod the internet and DNS, and no private network', () => {
    for (const pod of [POD_1, POD_2, POD_3]) {
      assert.equal(rowOf(compared, pod, 'internet').generated, 'all');
      assert.equal(rowOf(compared, pod, 'private network').generated, '-');
      assert.equal(rowOf(compared, pod, 'kube-system/kube-dns').generated, '53+53/udp');
    }
  });

  it("refuse to open another team's pod that does not name the caller, and say what to add there", () => {
    const input = seedFile(SEED, 'cluster', 'input.yaml');
    const { status, stderr } = runPostern(
      input.replace(/^ *postern\.dev\/allow-from: team-one-namespace\/pod-2\n/m, ''),
    );
    assert.equal(status, 1);
    assert.match(stderr, /^\[error\] apps\/v1\/Deployment\/team-one-namespace\/pod-2 .*\[closed-door\]/);
    assert.match(
      stderr,
      /add "team-one-namespace\/pod-2" to postern.dev\/allow-from of Deployment\/team-two-namespace\/pod-3/,
    );
  });

  it('cannot be opened by a team that wants less than the platform asks for', () => {
    const input = seedFile(SEED, 'cluster', 'input.yaml');
    const lower = input.replace(/^( *)(postern\.dev\/allow-to: pod-2)$/m, '$1$2\n$1postern.dev/isolate: none');
    const { status, stdout, stderr } = runPostern(lower);
    assert.notEqual(lower, input);
    assert.equal(status, 0);
    assert.match(stderr, /\[below-minimum\]/);
    assert.deepEqual(connections(compared.ends, readPolicies(stdout)), connections(compared.ends, compared.generated));
  });
});

describeWith('kustomize-5.8.2', 'labels that an outer kustomization adds to the team namespaces', (kustomize) => {
  it('leave the generated policies as they are', () => {
    const { stdout, stderr, status } = kustomizeBuild(kustomize, join(SEEDS, SEED, 'labelled'));
    assert.equal(status, 0, stderr);
    assert.match(stdout, /cost-centre: "4711"/);
    assert.deepEqual(connections(endsIn(stdout), readPolicies(stdout)), connections(endsIn(), generatedPolicies()));
  });

  it('cut DNS and the ingress controller off in the hand-written ones', () => {
    const built = withFolder((folder) => {
      cpSync(join(SEEDS, SEED, 'hand-written.yaml'), join(folder, 'hand-written.yaml'));
      cpSync(join(SEEDS, SEED, 'teams'), join(folder, 'teams'), { recursive: true });
      const resources = '[teams/team-one, teams/team-two, hand-written.yaml]';
      const labels = '[{pairs: {cost-centre: "4711"}, includeSelectors: true}]';
      writeFileSync(join(folder, 'kustomization.yaml'), `resources: ${resources}\nlabels: ${labels}\n`);
      return kustomizeBuild(kustomize, folder);
    });
    assert.equal(built.status, 0, built.stderr);
    const left = connections(endsIn(built.stdout), readPolicies(built.stdout));
    const before = connections(endsIn(), compare(`${SEED}/cluster`).handWritten);
    const lost = before.filter((connection) => !left.includes(connection));
    assert.deepEqual(lost, [
      ...[POD_1, POD_2, POD_3].map((pod) => `${pod} -> kube-system/kube-dns: all`),
      ...[POD_1, POD_2, POD_3].map((pod) => `${NGINX} -> ${pod}: all`),
    ]);
  });
});

/** The ends as the golden case has them, or as a build of them has. */
function endsIn(text?: string): readonly End[] {
  if (text === undefined) return compare(`${SEED}/cluster`).ends;
  return endsOf(text, readReachFile(seedBuild(`${SEED}/cluster`).folder));
}

function generatedPolicies(): readonly NetworkPolicy[] {
  return compare(`${SEED}/cluster`).generated;
}

function connections(ends: readonly End[], generated: readonly NetworkPolicy[]): readonly string[] {
  const rows = reachRows(ends, { generated, handWritten: undefined, differences: [] });
  return rows
    .filter((row) => row.generated !== '-')
    .map((row) => `${row.source} -> ${row.destination}: ${row.generated}`);
}
