import assert from 'node:assert/strict';
import { refusalsOf } from './check-objects.ts';
import { address, type CiliumEnd, ciliumAllows, ciliumVerdicts, entity, host, pod } from './cilium-verdicts.ts';
import { describeWithCheckers } from './run-checker.ts';

// What the clusters' own code says of the policies in the four documents that Postern is tried on. Their NetworkPolicies are
// under testdata/seeds; here are those for Cilium, and what a mesh and a CNI make of the others.

const app = (namespace: string, name: string): CiliumEnd =>
  pod({ namespace, labels: { 'app.kubernetes.io/name': name } });
const workers = app('myapp-staging', 'myapp-workers');
const api = app('myapp-staging', 'myapp-api');
const client = app('myapp-staging', 'my-web-client');
const traefik = app('traefik-system', 'traefik');
const postgresql = app('data-layer', 'postgresql');
const kubeDns = pod({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });

const policy = (name: string, spec: string): string =>
  `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: ${name}, namespace: myapp-staging}
spec: {${spec}}
---
`;
const networkPolicy = (namespace: string, name: string, rules: string): string =>
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: {podSelector: {matchLabels: {app.kubernetes.io/name: ${name}}}, ${rules}}
---
`;

describeWithCheckers("Cilium on the playbook's audit-deny", () => {
  const deny = (section: string): string =>
    policy('audit-deny', `endpointSelector: {}, enableDefaultDeny: {ingress: true, egress: true}${section}`);
  const both = ', ingress: [{}], egress: [{}]';
  const reaches = (policies: string): readonly boolean[] =>
    ciliumAllows(policies, [{ from: client, to: api, port: 8080, protocol: 'TCP' }]);

  it('refuses it: a policy must have a section of rules, and enableDefaultDeny is none', () => {
    const refusals = refusalsOf(deny('')).join('\n');
    assert.match(refusals, /audit-deny: .*"spec" must validate at least one schema/);
    assert.match(refusals, /audit-deny: .*rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny/);
  });

  it('takes it with a rule for nobody in each direction, and then cuts instead of watching', () => {
    assert.deepEqual(refusalsOf(deny(both)), []);
    assert.deepEqual(reaches(deny(both)), [false]);
  });

  it('cuts nothing where enableDefaultDeny is false, which is as near to an audit as a policy comes', () => {
    const watching = deny(both).replaceAll('true', 'false');
    assert.deepEqual(refusalsOf(watching), []);
    assert.deepEqual(reaches(watching), [true]);
  });
});

describeWithCheckers("Cilium on the playbook's allow-specific-dns", () => {
  const dns = (pattern: string, protocol = 'UDP'): string =>
    policy(
      'allow-specific-dns',
      `endpointSelector: {matchLabels: {app.kubernetes.io/name: myapp-workers}}, egress: [
        {toEndpoints: [{matchLabels: {"k8s:io.kubernetes.pod.namespace": kube-system, k8s-app: kube-dns}}],
         toPorts: [{ports: [{port: "53", protocol: ${protocol}}],
                    rules: {dns: [{matchPattern: "${pattern}"}, {matchName: api.openai.com}]}}]}]`,
    );
  const asWritten = dns('*.svc.cluster.local');
  const looksUp = (policies: string, lookup: string, protocol: 'TCP' | 'UDP' = 'UDP'): boolean | undefined =>
    ciliumAllows(policies, [{ from: workers, to: kubeDns, port: 53, protocol, lookup }])[0];

  it('accepts it', () => assert.deepEqual(refusalsOf(asWritten), []));

  it('lets the workers look api.openai.com up', () => assert.equal(looksUp(asWritten, 'api.openai.com'), true));

  it('does not let them connect to it: a list of names to look up opens no connection', () => {
    const questions = [{ from: workers, to: host('api.openai.com'), port: 443, protocol: 'TCP' as const }];
    assert.deepEqual(ciliumAllows(asWritten, questions), [false]);
    const egress = policy(
      'allow-api',
      `endpointSelector: {matchLabels: {app.kubernetes.io/name: myapp-workers}}, egress: [
        {toFQDNs: [{matchName: api.openai.com}], toPorts: [{ports: [{port: "443", protocol: TCP}]}]}]`,
    );
    assert.deepEqual(ciliumAllows(asWritten + egress, questions), [true]);
  });

  it('does not let them look any Service up: "*" is one label, and a Service is two before svc.cluster.local', () => {
    const service = 'postgresql.data-layer.svc.cluster.local';
    assert.equal(looksUp(asWritten, service), false);
    assert.equal(looksUp(dns('*.*.svc.cluster.local'), service), true);
    assert.equal(looksUp(dns('**.svc.cluster.local'), service), true);
  });

  it('does not let them look up what a search domain makes of the name, which some images ask for first', () =>
    assert.equal(looksUp(asWritten, 'api.openai.com.myapp-staging.svc.cluster.local'), false));

  it('cuts answers that are too long for UDP', () => {
    assert.equal(looksUp(asWritten, 'api.openai.com', 'TCP'), false);
    assert.equal(looksUp(dns('*', 'ANY'), 'api.openai.com', 'TCP'), true);
  });

  it("restricts nothing beside the playbook's own NetworkPolicy of the workers, which allows all of port 53", () => {
    const plain = networkPolicy(
      'myapp-staging',
      'myapp-workers',
      `policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}],
        ports: [{protocol: UDP, port: 53}]}]`,
    );
    assert.equal(looksUp(asWritten, 'example.com'), false);
    assert.equal(looksUp(asWritten + plain, 'example.com'), true);
  });
});

describeWithCheckers("Cilium on the playbook's myapp-api-l7", () => {
  const l7 = policy(
    'myapp-api-l7',
    `endpointSelector: {matchLabels: {app.kubernetes.io/name: myapp-api}}, ingress: [
      {fromEndpoints: [{matchLabels: {app.kubernetes.io/name: my-web-client}}],
       toPorts: [{ports: [{port: "8080", protocol: TCP}], rules: {http: [
         {method: GET, path: "/api/documents.*"}, {method: POST, path: /api/documents}, {method: GET, path: "/health.*"}]}}]}]`,
  );
  const plain = networkPolicy(
    'myapp-staging',
    'myapp-api',
    `policyTypes: [Ingress], ingress: [{from: [{
      namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: traefik-system}},
      podSelector: {matchLabels: {app.kubernetes.io/name: traefik}}}], ports: [{protocol: TCP, port: 8080}]}]`,
  );
  const sends = (method: string, path: string, from = client, policies = l7 + plain): boolean | undefined =>
    ciliumAllows(policies, [{ from, to: api, port: 8080, protocol: 'TCP', request: { method, path } }])[0];

  it('accepts it', () => assert.deepEqual(refusalsOf(l7), []));

  it('lets the client read documents, with a query too, and write one', () => {
    assert.equal(sends('GET', '/api/documents?page=2'), true);
    assert.equal(sends('POST', '/api/documents'), true);
    assert.equal(sends('DELETE', '/api/documents/1'), false);
  });

  it('refuses to write one with a query, which is a part of the path', () =>
    assert.equal(sends('POST', '/api/documents?draft=1'), false));

  it('lets the client read whatever else begins like documents', () =>
    assert.equal(sends('GET', '/api/documents-of-others'), true));

  it("does not hold Traefik to the list, whom the playbook's NetworkPolicy allows at this port", () => {
    assert.equal(sends('DELETE', '/api/documents/1', traefik), true);
    assert.equal(sends('GET', '/health', traefik, l7), false);
  });

  it('is all that lets the client in: without Cilium, its NetworkPolicy allows Traefik only', () =>
    assert.equal(sends('GET', '/health', client, plain), false));
});

describeWithCheckers('A CNI on policies that know nothing of a mesh', () => {
  const wikijs = app('wikijs', 'wikijs');
  const database = app('postgres', 'postgresql');
  const clients = (ports: string): string =>
    networkPolicy(
      'postgres',
      'postgresql',
      `policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: wikijs}}}],
        ports: [${ports}]}]`,
    );
  const reaches = (policies: string, port: number): readonly boolean[] =>
    ciliumAllows(policies, [{ from: wikijs, to: database, port, protocol: 'TCP' }]);

  it("cuts the homelab's meshed clients off: Linkerd carries PostgreSQL to port 4143, and 5432 alone is open", () => {
    assert.deepEqual(reaches(clients('{protocol: TCP, port: 5432}'), 5432), [true]);
    assert.deepEqual(reaches(clients('{protocol: TCP, port: 5432}'), 4143), [false]);
    assert.deepEqual(reaches(clients('{protocol: TCP, port: 5432}, {protocol: TCP, port: 4143}'), 4143), [true]);
  });
});

describeWithCheckers("Cilium on the playbook's external APIs", () => {
  const external = networkPolicy(
    'myapp-staging',
    'myapp-workers',
    `policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}],
      ports: [{protocol: TCP, port: 443}]}]`,
  );

  it('lets the workers reach addresses outside, and neither pods nor nodes nor the API server by any address', () => {
    const ends = [
      address('192.0.2.1'),
      address('10.0.0.1'),
      postgresql,
      entity('remote-node'),
      entity('kube-apiserver'),
    ];
    const questions = ends.map((to) => ({ from: workers, to, port: 443, protocol: 'TCP' as const }));
    assert.deepEqual(
      ciliumVerdicts(external, questions).map(({ egress }) => egress.allowed),
      [true, false, false, false, false],
    );
  });
});

describeWithCheckers("Calico on a GlobalNetworkPolicy, which the database rule's document praises", () => {
  const global = (rule: string): string => `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: floor}
spec:
  namespaceSelector: has(projectcalico.org/name) && projectcalico.org/name not in { 'kube-system' }
  types: [Ingress, Egress]
  egress: [${rule}]
`;

  it('accepts one', () =>
    assert.deepEqual(refusalsOf(global('{action: Allow, protocol: UDP, destination: {ports: [53]}}')), []));

  it('refuses hosts in it, which Calico Enterprise alone knows', () =>
    assert.match(
      refusalsOf(global('{action: Allow, destination: {domains: [api.example.com]}}')).join(),
      /GlobalNetworkPolicy floor: spec\.egress\[0\]\.destination\.domains: Forbidden: unknown field/,
    ));
});
