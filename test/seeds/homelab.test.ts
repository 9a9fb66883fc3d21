import assert from 'node:assert/strict';
import { type Compared, compare, reachers, rowOf } from './compare.ts';
import { linkerdAllows } from './linkerd.ts';

describe('the homelab', () => {
  let compared: Compared;

  before(() => {
    compared = compare('homelab/cluster');
  });

  it("has the document's thirteen policies to compare with", () => {
    const { handWritten } = compared;
    const count = (namespace: string) => handWritten.filter((policy) => policy.namespace === namespace).length;
    assert.deepEqual(['postgres', 'minio', 'monitoring'].map(count), [4, 3, 6]);
    assert.equal(handWritten.length, 13);
  });

  it('closes ingress of the three namespaces, and no egress anywhere', () => {
    const { generated } = compared;
    assert.deepEqual([...new Set(generated.map(({ namespace }) => namespace))].sort(), [
      'minio',
      'monitoring',
      'postgres',
    ]);
    assert.deepEqual(
      generated.filter(({ egress }) => egress !== undefined),
      [],
    );
  });

  it("refuses the document's probe of the database from the namespace default", () => {
    assert.equal(rowOf(compared, 'default/netpol-test', 'postgres/postgresql').generated, '-');
  });

  it('lets the applications and Prometheus reach PostgreSQL', () => {
    const ports = (source: string) => rowOf(compared, source, 'postgres/postgresql').generated;
    for (const source of ['wikijs/wikijs', 'vikunja/vikunja', 'kanban/kanban', 'postgres/postgres-backup']) {
      assert.equal(ports(source), '5432', source);
    }
    assert.equal(ports('monitoring/prometheus'), '9187');
    assert.equal(ports('gitlab-runner/gitlab-runner'), '-');
  });

  it('lets the etcd backup and the jobs of the runner reach MinIO', () => {
    for (const source of [
      'kube-system/etcd-backup',
      'gitlab-runner/job',
      'postgres/postgres-backup',
      'monitoring/loki',
    ]) {
      assert.match(rowOf(compared, source, 'minio/minio').generated, /^9000(-9001)?$/, source);
    }
    assert.equal(rowOf(compared, 'kube-system/metrics-server', 'minio/minio').generated, '9001');
  });

  it('opens dashboards to the home network, but not Alertmanager', () => {
    const ports = (name: string) => rowOf(compared, 'home network', `monitoring/${name}`).generated;
    assert.deepEqual(['prometheus', 'grafana', 'loki', 'alertmanager'].map(ports), ['9090', '3000', '3100', '-']);
    assert.deepEqual(
      reachers(compared, 'monitoring/alertmanager').filter((source) => !source.startsWith('monitoring/')),
      [],
    );
  });
});

describe('the homelab in its mesh', () => {
  const hasProxy = (ports: string): boolean => /(^|\+)4143(\+|$)/.test(ports) || ports === 'all';
  const calls = [
    ['wikijs/wikijs', 'postgres/postgresql'],
    ['vikunja/vikunja', 'postgres/postgresql'],
    ['kanban/kanban', 'postgres/postgresql'],
    ['postgres/postgres-backup', 'postgres/postgresql'],
    ['monitoring/prometheus', 'postgres/postgresql'],
    ['postgres/postgres-backup', 'minio/minio'],
    ['monitoring/loki', 'minio/minio'],
    ['immudb/immudb', 'minio/minio'],
  ] as const;

  it("opens the proxy's port to the meshed clients that the document's policies cut", () => {
    const compared = compare('homelab/meshed');
    for (const [source, destination] of calls) {
      const { generated, handWritten } = rowOf(compared, source, destination);
      assert.ok(hasProxy(generated), `${source} -> ${destination}: ${generated}`);
      assert.ok(!hasProxy(handWritten ?? ''), `${source} -> ${destination}: ${handWritten}`);
    }
  });

  it('lets nobody in on it from outside, nor those who may not call at all', () => {
    const compared = compare('homelab/meshed');
    const to = (destination: string, source: string) => rowOf(compared, source, destination).generated;
    for (const destination of ['minio/minio', 'monitoring/grafana', 'postgres/pgadmin']) {
      assert.ok(!hasProxy(to(destination, 'home network')), destination);
    }
    assert.equal(to('postgres/postgresql', 'gitlab-runner/gitlab-runner'), '-');
    assert.equal(to('monitoring/alertmanager', 'wikijs/wikijs'), '-');
  });

  it("names in the mesh the ports that the proxies' port hides", () => {
    const postgresql = { namespace: 'postgres', labels: { 'app.kubernetes.io/name': 'postgresql' } };
    const from = (namespace: string) => ({ namespace, account: 'default' });
    for (const namespace of ['wikijs', 'vikunja', 'kanban', 'postgres']) {
      assert.ok(linkerdAllows(from(namespace), postgresql, 5432), namespace);
      assert.ok(!linkerdAllows(from(namespace), postgresql, 9187), namespace);
    }
    assert.ok(linkerdAllows(from('monitoring'), postgresql, 9187));
    assert.ok(!linkerdAllows(from('monitoring'), postgresql, 5432));
    assert.ok(!linkerdAllows(from('gitlab-runner'), postgresql, 5432));
    const loki = { namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'loki' } };
    assert.ok(linkerdAllows(from('wikijs'), loki, 3100));
    assert.ok(!linkerdAllows(from('wikijs'), loki, 9095));
    assert.ok(linkerdAllows(from('monitoring'), loki, 9095));
  });
});
