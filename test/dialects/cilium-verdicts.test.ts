import assert from 'node:assert/strict';
import { address, type CiliumEnd, ciliumAllows, ciliumVerdicts, entity, host, pod } from './cilium-verdicts.ts';
import { describeWithCheckers } from './run-checker.ts';

const web = pod({ namespace: 'shop', labels: { app: 'web' }, ports: { http: { port: 8080, protocol: 'TCP' } } });
const cart = pod({ namespace: 'shop', labels: { app: 'cart' } });
const other = pod({ namespace: 'other', labels: { app: 'cart' }, namespaceLabels: { team: 'a' } });

const cnp = (spec: string): string =>
  `{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: web, namespace: shop},
    spec: {endpointSelector: {matchLabels: {app: web}}, ${spec}}}\n---\n`;
const networkPolicy = (spec: string): string =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web, namespace: shop},
    spec: {podSelector: {matchLabels: {app: web}}, ${spec}}}\n---\n`;

/** The ends of `from` that may reach web at a port. */
function callers(policies: string, from: Readonly<Record<string, CiliumEnd>>, port = 8080): readonly string[] {
  const questions = Object.values(from).map((end) => ({ from: end, to: web, port, protocol: 'TCP' as const }));
  const allowed = ciliumAllows(policies, questions);
  return Object.keys(from).filter((_, index) => allowed[index]);
}

/** The ends of `to` that web may reach at port 443. */
function called(policies: string, to: Readonly<Record<string, CiliumEnd>>): readonly string[] {
  const questions = Object.values(to).map((end) => ({ from: web, to: end, port: 443, protocol: 'TCP' as const }));
  const allowed = ciliumAllows(policies, questions);
  return Object.keys(to).filter((_, index) => allowed[index]);
}

const EVERYBODY = {
  cart,
  other,
  host: entity('host'),
  node: entity('remote-node'),
  api: entity('kube-apiserver'),
  private: address('10.1.2.3'),
  public: address('192.0.2.1'),
};

describeWithCheckers("Cilium's engine", () => {
  it('lets everybody through where there is no policy', () => {
    assert.deepEqual(callers('', EVERYBODY), Object.keys(EVERYBODY));
    const [answer] = ciliumVerdicts('', [{ from: cart, to: web, port: 1, protocol: 'UDP' }]);
    const open = { allowed: true, enforced: false, proxied: false, passes: true };
    assert.deepEqual(answer, { egress: open, ingress: open });
  });

  it('denies all but the own node with one empty rule', () =>
    assert.deepEqual(callers(cnp('ingress: [{}]'), EVERYBODY), ['host']));

  it('takes an empty peer for the pods of the namespace', () =>
    assert.deepEqual(callers(cnp('ingress: [{fromEndpoints: [{}]}]'), EVERYBODY), ['cart', 'host']));

  it('takes a key of a namespace for the pods of every namespace that has it', () => {
    const peer = (key: string, operator: string): string =>
      cnp(`ingress: [{fromEndpoints: [{matchExpressions: [{key: "${key}", operator: ${operator}}]}]}]`);
    assert.deepEqual(callers(peer('k8s:io.kubernetes.pod.namespace', 'Exists'), EVERYBODY), ['cart', 'other', 'host']);
    assert.deepEqual(callers(peer('k8s:io.cilium.k8s.namespace.labels.team', 'In, values: [a]'), EVERYBODY), [
      'other',
      'host',
    ]);
  });

  it('takes no peer for everybody', () =>
    assert.deepEqual(
      callers(cnp('ingress: [{toPorts: [{ports: [{port: "8080", protocol: TCP}]}]}]'), EVERYBODY),
      Object.keys(EVERYBODY),
    ));

  it('never takes pods and nodes for CIDRs', () => {
    const set = '{cidr: 0.0.0.0/0, except: [10.0.0.0/8]}';
    assert.deepEqual(callers(cnp(`ingress: [{fromCIDRSet: [${set}]}]`), EVERYBODY), ['host', 'public']);
  });

  it('knows entities', () => {
    assert.deepEqual(callers(cnp('ingress: [{fromEntities: [world]}]'), EVERYBODY), ['host', 'private', 'public']);
    assert.deepEqual(callers(cnp('ingress: [{fromEntities: [remote-node]}]'), EVERYBODY), ['host', 'node']);
    const inCluster = ['cart', 'other', 'host', 'node', 'api'];
    assert.deepEqual(callers(cnp('ingress: [{fromEntities: [cluster]}]'), EVERYBODY), inCluster);
  });

  it('knows ranges of ports, and names of ports', () => {
    const ports = (port: string): string => cnp(`ingress: [{toPorts: [{ports: [{${port}, protocol: TCP}]}]}]`);
    assert.deepEqual(callers(ports('port: "8000", endPort: 8080'), { cart }), ['cart']);
    assert.deepEqual(callers(ports('port: "8000", endPort: 8079'), { cart }), []);
    assert.deepEqual(callers(ports('port: http'), { cart }), ['cart']);
    assert.deepEqual(callers(ports('port: http'), { cart }, 8081), []);
  });

  it('asks both ends, and every policy', () => {
    const policies = cnp('ingress: [{fromEndpoints: [{}]}]');
    const denied = policies
      .replace('app: web', 'app: cart')
      .replace('ingress: [{fromEndpoints: [{}]}]', 'egress: [{}]');
    assert.deepEqual(callers(policies + denied.replace('name: web', 'name: cart'), { cart }), []);
    const [answer] = ciliumVerdicts(policies + denied.replace('name: web', 'name: cart'), [
      { from: cart, to: web, port: 80, protocol: 'TCP' },
    ]);
    assert.deepEqual([answer?.egress.allowed, answer?.ingress.allowed], [false, true]);
  });

  it('lets a denial win', () => {
    const deny = cnp('ingressDeny: [{fromEndpoints: [{matchLabels: {app: cart}}]}], ingress: [{fromEndpoints: [{}]}]');
    assert.deepEqual(callers(deny, { cart, web }), ['web']);
  });

  it('cuts nothing that no rule denies, where default deny is off', () => {
    const off = 'enableDefaultDeny: {ingress: false}';
    assert.deepEqual(callers(cnp(`${off}, ingress: [{fromEndpoints: [{}]}]`), EVERYBODY), Object.keys(EVERYBODY));
    const deny = cnp(`${off}, ingressDeny: [{fromEntities: [world]}]`);
    assert.deepEqual(callers(deny, EVERYBODY), ['cart', 'other', 'host', 'node', 'api']);
  });

  it('matches names outside of the cluster as its DNS proxy does', () => {
    const names = {
      itself: host('example.com'),
      child: host('api.example.com'),
      grandchild: host('a.api.example.com'),
      address: address('192.0.2.1'),
    };
    const to = (name: string): readonly string[] => called(cnp(`egress: [{toFQDNs: [{${name}}]}]`), names);
    assert.deepEqual(to('matchName: example.com'), ['itself']);
    assert.deepEqual(to('matchPattern: "*.example.com"'), ['child']);
    assert.deepEqual(to('matchPattern: "**.example.com"'), ['child', 'grandchild']);
  });

  it('compares the whole of a request with rules of HTTP', () => {
    const http = '{http: [{method: GET, path: "/a.*", host: "a|b"}, {method: HEAD}]}';
    const policy = cnp(
      `ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: http, protocol: TCP}], rules: ${http}}]}]`,
    );
    const passes = (method: string, path: string, host: string): boolean | undefined =>
      ciliumVerdicts(policy, [{ from: cart, to: web, port: 8080, protocol: 'TCP', request: { method, path, host } }])[0]
        ?.ingress.passes;
    assert.deepEqual(passes('GET', '/a?b=c', 'a'), true);
    assert.deepEqual(passes('GET', '/b/a', 'a'), false);
    assert.deepEqual(passes('GET', '/a', 'ab'), false);
    assert.deepEqual(passes('PUT', '/a', 'a'), false);
    assert.deepEqual(passes('HEAD', '/', 'c'), true);
    const [answer] = ciliumVerdicts(policy, [{ from: cart, to: web, port: 8080, protocol: 'TCP' }]);
    assert.deepEqual(answer?.ingress, { allowed: true, enforced: true, proxied: true, passes: true });
  });

  it('compares a look-up with rules of DNS', () => {
    const policy = cnp(
      'egress: [{toPorts: [{ports: [{port: "53", protocol: ANY}], rules: {dns: [{matchPattern: "*.example.com"}]}}]}]',
    );
    const passes = (lookup: string, protocol: 'TCP' | 'UDP' = 'UDP', port = 53): readonly boolean[] =>
      ciliumAllows(policy, [{ from: web, to: cart, port, protocol, lookup }]);
    assert.deepEqual(passes('a.example.com'), [true]);
    assert.deepEqual(passes('A.example.com', 'TCP'), [true]);
    assert.deepEqual(passes('example.com'), [false]);
    assert.deepEqual(passes('a.example.com', 'UDP', 54), [false]);
  });

  it('reads NetworkPolicy as Cilium does', () => {
    const from = (peer: string): string => networkPolicy(`policyTypes: [Ingress], ingress: [{from: [${peer}]}]`);
    assert.deepEqual(callers(from('{namespaceSelector: {}}'), EVERYBODY), ['cart', 'other', 'host']);
    assert.deepEqual(callers(from('{namespaceSelector: {matchLabels: {team: a}}}'), EVERYBODY), ['other', 'host']);
    assert.deepEqual(callers(from('{ipBlock: {cidr: 0.0.0.0/0}}'), EVERYBODY), ['host', 'private', 'public']);
    assert.deepEqual(callers(networkPolicy('policyTypes: [Ingress]'), EVERYBODY), ['host']);
  });

  it('reads ClusterNetworkPolicy before all others', () => {
    const admin = `{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: floor},
      spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [
        {action: Deny, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]}}\n---\n`;
    assert.deepEqual(callers(admin, { cart, other }), ['cart']);
    const allowed = cnp('ingress: [{fromEntities: [cluster]}]');
    assert.deepEqual(callers(admin + allowed, { cart, other }), ['cart']);
  });

  it('answers thousands of questions in one run', () => {
    const pods = Array.from({ length: 100 }, (_, index) =>
      pod({ namespace: `n${index}`, labels: { app: `a${index % 7}` } }),
    );
    const questions = pods.flatMap((from) => pods.map((to) => ({ from, to, port: 80, protocol: 'TCP' as const })));
    const policies = pods
      .map((_, index) =>
        cnp(`ingress: [{fromEndpoints: [{matchExpressions: [{key: k8s:io.kubernetes.pod.namespace, operator: Exists}],
          matchLabels: {app: a${index % 7}}}]}]`)
          .replace('{app: web}', '{}')
          .replace('shop', `n${index}`),
      )
      .join('');
    const allowed = ciliumAllows(policies, questions);
    const expected = pods.flatMap((_, from) => pods.map((__, to) => from % 7 === to % 7));
    assert.deepEqual(allowed, expected);
  });

  it('refuses policies that Cilium refuses', () =>
    assert.throws(() => callers(cnp('ingress: []'), { cart }), /CiliumNetworkPolicy shop\/web: .*at least one of/));
});
