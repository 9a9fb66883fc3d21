import assert from 'node:assert/strict';
import { calicoMatches } from './calico-matches.ts';
import { refusalsOf } from './check-objects.ts';
import { describeWithCheckers, runChecker } from './run-checker.ts';

/** Wrong samples by what is wrong, each with what its refusal must say. */
type Samples = Readonly<Record<string, readonly [yaml: string, refusal: RegExp]>>;

const object = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: sample}\nspec: ${spec}\n`;
const cnp = (spec: string): string => object('cilium.io/v2', 'CiliumNetworkPolicy', `{endpointSelector: {}, ${spec}}`);
const ccnp = (spec: string): string => object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', `{${spec}}`);
const policyApi = (version: string, kind: string, spec: string): string =>
  object(`policy.networking.k8s.io/${version}`, kind, spec);
const clusterPolicy = (rule: string): string =>
  policyApi(
    'v1alpha2',
    'ClusterNetworkPolicy',
    `{tier: Admin, priority: 10, subject: {namespaces: {}}, egress: [{action: Accept, ${rule}}]}`,
  );
const istio = (spec: string): string => object('security.istio.io/v1', 'AuthorizationPolicy', spec);
const calico = (spec: string): string => object('projectcalico.org/v3', 'NetworkPolicy', spec);
const calicoRule = (rule: string): string => calico(`{types: [Ingress], ingress: [{action: Allow, ${rule}}]}`);
const linkerd = (version: string, kind: string, spec: string): string =>
  object(`policy.linkerd.io/${version}`, kind, spec);
const authorization = (refs: string): string =>
  linkerd(
    'v1alpha1',
    'AuthorizationPolicy',
    `{targetRef: {group: policy.linkerd.io, kind: Server, name: web}, requiredAuthenticationRefs: [${refs}]}`,
  );

const DNS = `toPorts: [{ports: [{port: "53", protocol: ANY}], rules: {dns: [{matchPattern: "*"}]}}]`;
const RIGHT: Readonly<Record<string, string>> = {
  'a CiliumNetworkPolicy': cnp(
    `enableDefaultDeny: {ingress: true},
     ingress: [{fromEndpoints: [{matchExpressions: [{key: app, operator: In, values: [web]}]}],
                toPorts: [{ports: [{port: "8080", endPort: 8090, protocol: TCP}]}]}, {}],
     egress: [{toEndpoints: [{matchLabels: {k8s-app: kube-dns}}], ${DNS}}, {toFQDNs: [{matchName: api.example.com}]}]`,
  ),
  'a CiliumClusterwideNetworkPolicy of nodes': ccnp('nodeSelector: {}, ingress: [{fromEntities: [cluster]}]'),
  'a NetworkPolicy of Calico': calico(
    `{tier: default, order: 10, selector: "app in { 'web' }", types: [Ingress, Egress], ingress: [{action: Allow, protocol: TCP,
      source: {namespaceSelector: has(team)}, destination: {ports: [80, "8080:8090", http]}}],
      egress: [{action: Allow, destination: {services: {name: kubernetes, namespace: default}}},
               {action: Deny, protocol: ICMP, icmp: {type: 8}, destination: {nets: [10.0.0.0/8], notNets: [10.1.0.0/16]}}]}`,
  ),
  'the same in the API of old': object(
    'crd.projectcalico.org/v1',
    'NetworkPolicy',
    `{selector: "app in { 'web' }", types: [Ingress], ingress: [{action: Allow, source: {namespaceSelector: has(team)}}]}`,
  ),
  'a GlobalNetworkPolicy': object(
    'projectcalico.org/v3',
    'GlobalNetworkPolicy',
    `{namespaceSelector: has(projectcalico.org/name), types: [Ingress]}`,
  ),
  'a staged policy': object(
    'projectcalico.org/v3',
    'StagedKubernetesNetworkPolicy',
    '{stagedAction: Set, podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 80, endPort: 90, protocol: TCP}]}]}',
  ),
  'a ClusterNetworkPolicy': clusterPolicy(
    'to: [{networks: [10.0.0.0/8]}], protocols: [{tcp: {destinationPort: {range: {start: 1, end: 65535}}}}]',
  ),
  'an AdminNetworkPolicy': policyApi(
    'v1alpha1',
    'AdminNetworkPolicy',
    `{priority: 10, subject: {namespaces: {}},
      ingress: [{action: Allow, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 80}}]}]}`,
  ),
  'an AuthorizationPolicy of Istio': istio(
    `{selector: {matchLabels: {app: web}}, action: ALLOW,
      rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}], to: [{operation: {ports: ["8080"]}}]}]}`,
  ),
  'one that denies all': istio('{}'),
  'a Server': linkerd('v1beta3', 'Server', '{podSelector: {matchLabels: {app: web}}, port: http, accessPolicy: audit}'),
  'an AuthorizationPolicy of Linkerd': authorization(
    '{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: a}, {group: policy.linkerd.io, kind: NetworkAuthentication, name: b}',
  ),
  'a MeshTLSAuthentication': linkerd(
    'v1alpha1',
    'MeshTLSAuthentication',
    '{identities: ["*", "web.shop.serviceaccount.identity.linkerd.cluster.local", "*.shop.serviceaccount.identity.linkerd.cluster.local"]}',
  ),
  'a NetworkAuthentication': linkerd(
    'v1alpha1',
    'NetworkAuthentication',
    '{networks: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}, {cidr: "::/0"}]}',
  ),
  'a NetworkPolicy': object('networking.k8s.io/v1', 'NetworkPolicy', '{podSelector: {}, policyTypes: [Ingress]}'),
};

/** What the definition of Cilium's kinds cannot say, and Cilium's agent refuses all the same. */
const CILIUM_AGENT: Samples = {
  'an empty section': [cnp('ingress: []'), /at least one of Ingress, IngressDeny, Egress, EgressDeny/],
  'peers of two kinds': [
    cnp('ingress: [{fromEndpoints: [{}], fromEntities: [world]}]'),
    /combining From(Endpoints|Entities) and From(Endpoints|Entities)/,
  ],
  'HTTP without a protocol': [
    cnp('ingress: [{toPorts: [{ports: [{port: "80"}], rules: {http: [{path: /}]}}]}]'),
    /L7 rules can only apply to TCP/,
  ],
  'a protocol without a port': [cnp('ingress: [{toPorts: [{ports: [{protocol: TCP}]}]}]'), /port must be specified/i],
  'ICMP beside ports': [
    cnp('ingress: [{icmps: [{fields: [{type: 8}]}], toPorts: [{ports: [{port: "80"}]}]}]'),
    /ICMPs/,
  ],
  'DNS on ingress': [cnp(`ingress: [{${DNS}}]`), /DNS is not supported on ingress/],
  'names beside CIDRs': [
    cnp('egress: [{toFQDNs: [{matchName: example.com}], toCIDR: [10.0.0.0/8]}]'),
    /combining To(FQDNs|CIDR) and To(FQDNs|CIDR)/,
  ],
  'an exception from elsewhere': [
    cnp('egress: [{toCIDRSet: [{cidr: 10.0.0.0/8, except: [11.0.0.0/8]}]}]'),
    /does not contain/,
  ],
  'nodes in a namespace': [
    object('cilium.io/v2', 'CiliumNetworkPolicy', '{nodeSelector: {}, ingress: [{}]}'),
    /cannot have NodeSelector/,
  ],
};

/** What the definition refuses too. */
const CILIUM_BOTH: Samples = {
  'no section': [cnp('description: nothing'), /at least one of Ingress/],
  'a port as a number': [cnp('ingress: [{toPorts: [{ports: [{port: 80}]}]}]'), /port.*(string|type integer)/],
  Kafka: [
    cnp('ingress: [{toPorts: [{ports: [{port: "9092", protocol: TCP}], rules: {kafka: [{topic: a}]}}]}]'),
    /unknown field.*kafka/,
  ],
  'an unknown entity': [cnp('ingress: [{fromEntities: [internet]}]'), /unsupported entity: internet/],
};

const OTHERS: Samples = {
  'all of TCP without a range': [
    clusterPolicy('to: [{namespaces: {}}], protocols: [{tcp: {}}]'),
    /tcp.*(destinationPort|at least|properties)/i,
  ],
  'a range of one port': [
    clusterPolicy('to: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {range: {start: 80, end: 80}}}}]'),
    /range.*(less|smaller)/i,
  ],
  'a rule without peers': [clusterPolicy('to: []'), /spec\.egress\[0\]\.to/],
  'a host, outside of the experimental channel': [
    clusterPolicy('to: [{domainNames: [example.com]}]'),
    /domainNames.*unknown field/,
  ],
  'a priority that is too high': [
    policyApi('v1alpha2', 'ClusterNetworkPolicy', '{tier: Admin, priority: 1001, subject: {namespaces: {}}}'),
    /priority.*1000/,
  ],
  'two baselines': [
    policyApi('v1alpha1', 'BaselineAdminNetworkPolicy', '{subject: {namespaces: {}}}'),
    /metadata\.name == 'default'|name.*default/,
  ],
  'a range of ports for Istio': [istio('{rules: [{to: [{operation: {ports: ["8080-8090"]}}]}]}'), /bad port/],
  'a source of Istio that says nothing': [istio('{rules: [{from: [{source: {}}]}]}'), /source.*(empty|nil|set)/i],
  'an expression in a selector of Istio': [istio('{selector: {matchExpressions: []}}'), /matchExpressions/],
  'a selector that Calico cannot read': [calico(`{selector: "app = 'web'"}`), /the selector "app = 'web'"/],
  'the same in a rule': [calicoRule(`source: {selector: "app == web"}`), /the selector "app == web"/],
  'a host for Calico': [calicoRule('destination: {domains: [example.com]}'), /domains.*unknown field/],
  'ports without a protocol for Calico': [calicoRule('destination: {ports: [80]}'), /ports need protocol/],
  'both IP versions in a rule of Calico': [calicoRule('source: {nets: [10.0.0.0/8, "fd00::/8"]}'), /must not mix nets/],
  'every address but every address for Calico': [calicoRule('source: {notNets: [0.0.0.0/0]}'), /leave some address/],
  'ports beside a Service for Calico': [
    calicoRule('protocol: TCP, destination: {services: {name: web}, ports: [80]}'),
    /the Service says which ports/,
  ],
  'HTTP that Calico denies': [
    calico('{ingress: [{action: Deny, protocol: TCP, http: {methods: [GET]}}]}'),
    /only a rule that allows/,
  ],
  'a selector that is longer than Calico takes': [calico(`{selector: "has(${'a'.repeat(1024)})"}`), /1024/],
  'a field that a staged policy does not have': [
    object(
      'projectcalico.org/v3',
      'StagedKubernetesNetworkPolicy',
      '{podSelector: {}, policyTypes: [Ingress], order: 1}',
    ),
    /order.*unknown field/,
  ],
  'a Server of nothing': [linkerd('v1beta3', 'Server', '{port: 80}'), /either pods or external workloads/],
  'a range of ports for Linkerd': [linkerd('v1beta3', 'Server', '{podSelector: {}, port: 80, endPort: 90}'), /endPort/],
  'two meshed clients that must both hold': [
    authorization('{kind: ServiceAccount, name: a}, {kind: ServiceAccount, name: b}'),
    /at most one MeshTLSAuthentication/,
  ],
  'no networks': [linkerd('v1alpha1', 'NetworkAuthentication', '{networks: []}'), /networks.*at least 1/],
  'an exception from elsewhere for Linkerd': [
    linkerd('v1alpha1', 'NetworkAuthentication', '{networks: [{cidr: 10.0.0.0/8, except: [11.0.0.0/8]}]}'),
    /inside of cidr/,
  ],
  'a port of NetworkPolicy that is none': [
    object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      '{podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{protocol: TCP, port: 0}]}]}',
    ),
    /port 0/,
  ],
  'a kind that nobody knows': [object('example.com/v1', 'Policy', '{}'), /no checker knows example\.com\/v1/],
  'a namespace for an object of the cluster': [
    ccnp('endpointSelector: {}, ingress: [{}]').replace('{name: sample}', '{name: sample, namespace: shop}'),
    /metadata\.namespace/,
  ],
  'a name that is none': [cnp('ingress: [{}]').replace('sample', 'Bad_sample'), /metadata\.name/],
};

/** All in one stream, and each with a name of its own. */
function named(samples: readonly string[]): string {
  return samples.map((yaml, index) => yaml.replace('sample', `sample-${index}`)).join('---\n');
}

const ofSample = (refusals: readonly string[], index: number): readonly string[] =>
  refusals.filter((refusal) => refusal.split(': ')[0]?.endsWith(`sample-${index}`));

describeWithCheckers('the checkers of the dialects', () => {
  describe('accept', () => {
    let refusals: readonly string[];
    before(() => {
      refusals = refusalsOf(named(Object.values(RIGHT)));
    });

    for (const [index, title] of Object.keys(RIGHT).entries())
      it(title, () => assert.deepEqual(ofSample(refusals, index), []));

    it('hosts, in the experimental channel of ClusterNetworkPolicy', () =>
      assert.deepEqual(refusalsOf(clusterPolicy('to: [{domainNames: ["*.example.com"]}]'), 'experimental'), []));
  });

  describe('refuse', () => {
    const wrong = { ...CILIUM_AGENT, ...CILIUM_BOTH, ...OTHERS };
    let refusals: readonly string[];
    before(() => {
      refusals = refusalsOf(named(Object.values(wrong).map(([yaml]) => yaml)));
    });

    for (const [index, [title, [, refusal]]] of Object.entries(wrong).entries())
      it(title, () => assert.match(ofSample(refusals, index).join('\n'), refusal));
  });

  it("do not depend on each other: Cilium's agent alone refuses all that is wrong for Cilium", () => {
    const samples = Object.values({ ...CILIUM_AGENT, ...CILIUM_BOTH }).map(([yaml]) => yaml);
    const answers = runChecker<{ readonly refusals: readonly string[] }>('cilium-check', [], samples.join('---\n'));
    assert.deepEqual(
      answers.map(({ refusals }) => refusals.length),
      samples.map(() => 1),
    );
  });

  it('do not take for YAML what is none', () => {
    assert.throws(() => runChecker('crd-check', [], 'a: [\n'), /crd-check: /);
    assert.throws(() => runChecker('crd-check', [], 'kind: A\nkind: B\n'), /already (set|defined)/);
  });

  it('evaluate selectors of Calico', () => {
    const labels = { app: 'web', tier: 'front' };
    assert.equal(calicoMatches("app in { 'web', 'api' } && !has(canary)", labels), true);
    assert.equal(calicoMatches("app == 'web' && tier != 'front'", labels), false);
    assert.equal(calicoMatches('all()', {}), true);
    assert.throws(() => calicoMatches('app ==', labels), /app ==/);
  });
});
