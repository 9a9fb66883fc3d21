import assert from 'node:assert/strict';
import { readMatrix } from '../golden/matrix.ts';
import { runPostern } from '../golden/run-postern.ts';
import { seedFile } from '../seeds/seed.ts';
import { refusalsOf } from './check-objects.ts';
import { type CiliumEnd, type CiliumQuestion, ciliumAllows, ciliumVerdicts, host, pod } from './cilium-verdicts.ts';
import { streamOf, writtenObjects } from './in-dialect.ts';
import { describeWithCheckers } from './run-checker.ts';

const SEED = 'zero-trust-playbook';
const NAMESPACE = 'myapp-staging';
const TCP = { protocol: 'TCP' } as const;

const app = (name: string): CiliumEnd => {
  const [namespace = '', own = ''] = name.split('/');
  return pod({ namespace, labels: { 'app.kubernetes.io/name': own } });
};
const api = app(`${NAMESPACE}/myapp-api`);
const workers = app(`${NAMESPACE}/myapp-workers`);
const client = app(`${NAMESPACE}/my-web-client`);
const stranger = app(`${NAMESPACE}/test-pod`);
const kubeDns = pod({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });

describeWithCheckers("the playbook's cluster in the dialect of Cilium", () => {
  const written = seedFile(SEED, 'clusters', 'cilium', 'expected.yaml');
  const allows = (...questions: readonly CiliumQuestion[]): readonly boolean[] => ciliumAllows(written, questions);
  const requests = (from: CiliumEnd, asked: readonly (readonly [method: string, path: string])[]) =>
    allows(...asked.map(([method, path]) => ({ from, to: api, port: 8080, ...TCP, request: { method, path } })));

  it('is accepted by Cilium', () => assert.deepEqual(refusalsOf(written), []));

  it('passes 7 of 7 of the matrix', () => {
    const rows = readMatrix(seedFile(SEED, 'matrix.yaml'), NAMESPACE);
    const questions = rows.map(({ source, destination, port }) => ({
      from: app(source),
      to: app(destination),
      port,
      ...TCP,
    }));
    const got = ciliumVerdicts(written, questions).map(({ egress, ingress }) => egress.allowed && ingress.allowed);
    assert.equal(rows.length, 7);
    assert.deepEqual(
      got.map((isAllowed) => (isAllowed ? 'allow' : 'deny')),
      rows.map(({ expected }) => expected),
    );
  });

  it('lets the client make the requests that the document lists, with a query too', () => {
    const made = [
      ['GET', '/api/documents'],
      ['GET', '/api/documents?page=2'],
      ['GET', '/api/documents/7'],
      ['POST', '/api/documents'],
      ['POST', '/api/documents?draft=1'],
      ['GET', '/health/ready'],
    ] as const;
    assert.deepEqual(
      requests(client, made),
      made.map(() => true),
    );
  });

  it('refuses all others, also where a path only begins alike, and whatever strangers request', () => {
    const refused = [
      ['DELETE', '/api/documents/7'],
      ['GET', '/api/documents-of-others'],
      ['GET', '/admin'],
    ] as const;
    assert.deepEqual(requests(client, refused), [false, false, false]);
    assert.deepEqual(requests(stranger, [['GET', '/health']]), [false]);
  });

  it('lets the workers look every name up, and connect to the one host', () => {
    const lookup = { from: workers, to: kubeDns, port: 53, lookup: 'api.openai.com' };
    assert.deepEqual(
      allows(
        { ...lookup, protocol: 'UDP' },
        { ...lookup, ...TCP },
        { ...lookup, protocol: 'UDP', lookup: 'postgresql.data-layer.svc.cluster.local' },
        { from: workers, to: host('api.openai.com'), port: 443, ...TCP },
        { from: workers, to: host('api.openai.com'), port: 80, ...TCP },
        { from: workers, to: host('example.com'), port: 443, ...TCP },
        { from: client, to: host('api.openai.com'), port: 443, ...TCP },
      ),
      [true, true, true, true, false, false, false],
    );
    const [answer] = ciliumVerdicts(written, [{ ...lookup, protocol: 'UDP' }]);
    assert.equal(answer?.egress.proxied, true, 'Cilium learns addresses from look-ups that it sees');
  });

  it('cuts nothing in the mode observe', () => {
    const input = seedFile(SEED, 'clusters', 'cilium', 'input.yaml').replace(
      'dialect: cilium',
      'dialect: cilium\n    mode: observe',
    );
    const { stdout, status } = runPostern(input, undefined);
    assert.equal(status, 0);
    const observed = streamOf(writtenObjects(stdout));
    assert.match(observed, /enableDefaultDeny/);
    assert.deepEqual(refusalsOf(observed), []);
    const questions: readonly CiliumQuestion[] = [
      { from: stranger, to: app('data-layer/postgresql'), port: 5432, ...TCP },
      { from: workers, to: host('example.com'), port: 443, ...TCP },
      { from: client, to: api, port: 8080, ...TCP, request: { method: 'DELETE', path: '/api/documents/7' } },
      { from: workers, to: kubeDns, port: 53, protocol: 'UDP', lookup: 'example.com' },
    ];
    assert.deepEqual(
      ciliumAllows(observed, questions),
      questions.map(() => true),
    );
    assert.deepEqual(ciliumAllows(written, questions), [false, false, false, true]);
  });
});
