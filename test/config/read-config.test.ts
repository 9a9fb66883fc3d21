import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConfig } from '../../src/parse/config/read-config.ts';
import { printProblems, read, readSpec } from './read.ts';

const metadataName = (name: string) => [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [name] }];
const label = (key: string, value: string) => ({ key, operator: 'In', values: [value] });
const port = (port: number, protocol?: string) => ({ kind: 'range', port, endPort: port, protocol });

describe('readConfig: defaults', () => {
  for (const value of [undefined, null]) {
    it(`fills in every default for ${value}`, () => {
      const config = readConfig(value, { item: 3 }, ({ message }) => assert.fail(message));
      assert.deepEqual(config, {
        owner: 'postern',
        annotationPrefix: 'postern.dev/',
        isolate: undefined,
        trust: 'namespace',
        minimum: { isolate: 'none', trust: 'either' },
        namespace: undefined,
        namespaces: [],
        exclude: ['kube-system', 'kube-public', 'kube-node-lease'],
        expect: [],
        task: 'generate',
        peers: [],
        always: { allowTo: [], allowFrom: [] },
        dns: {
          peers: [
            {
              kind: 'pods',
              namespaceSelector: metadataName('kube-system'),
              podSelector: [label('k8s-app', 'kube-dns')],
              ports: [port(53, 'UDP'), port(53, 'TCP')],
            },
          ],
          nodeLocal: [],
        },
        mesh: undefined,
        identity: undefined,
        nodes: [],
        privateRanges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
        pods: [],
        rules: [],
        workloadKinds: [],
        syncWaves: false,
        verbose: false,
        dialects: ['kubernetes'],
        dialect: 'kubernetes',
        mode: 'enforce',
        clusterWide: undefined,
        place: { item: 3 },
      });
    });
  }

  it('takes fields that are null for absent, also an empty spec', () => {
    for (const spec of ['{}', '{peers: , exclude: , isolate: null}', 'null']) {
      const { config, problems } = read(
        `{apiVersion: postern.dev/v1alpha1, kind: NetworkPolicyGenerator, metadata: {name: netpol}, spec: ${spec}}`,
      );
      assert.deepEqual(problems, []);
      assert.equal(config.owner, 'netpol');
      assert.deepEqual(config.peers, []);
    }
  });

  const owners: readonly (readonly [string, string])[] = [
    ['metadata: {name: netpol}', 'netpol'],
    ['metadata: {name: function-input}', 'postern'],
    ['metadata: {}', 'postern'],
    ['metadata: {name: netpol}, spec: {owner: shop.team}', 'shop.team'],
  ];
  for (const [fields, owner] of owners) {
    it(`owner of {${fields}} is ${owner}`, () => {
      const { config, problems } = read(`{apiVersion: postern.dev/v1alpha1, kind: NetworkPolicyGenerator, ${fields}}`);
      assert.deepEqual([config.owner, problems], [owner, []]);
    });
  }

  it('lets clients write what they like into metadata', () => {
    const metadata = "{name: a, annotations: {config.kubernetes.io/local-config: 'true'}, odd: [1], labels: 5}";
    assert.deepEqual(read(`{apiVersion: v1, kind: ConfigMap, metadata: ${metadata}, data: {}}`).problems, []);
  });
});

describe('readConfig: scalars and lists', () => {
  it('reads them', () => {
    const { config, problems } = readSpec(`
isolate: both
trust: own
minimum: {isolate: ingress, trust: namespace}
namespace: shop
namespaces: [shop, billing]
exclude: [istio-system, kube-system]
annotationPrefix: net.example.com/
nodes: [10.240.0.0/16, 'fd00:10::/32']
argocd: {syncWaves: true}
verbose: true
dialect: kubernetes
always: {allowTo: 'internet:443', allowFrom: [prometheus:metrics, 'a, b']}
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(config.minimum, { isolate: 'ingress', trust: 'namespace' });
    assert.deepEqual(config.exclude, ['kube-system', 'kube-public', 'kube-node-lease', 'istio-system']);
    assert.deepEqual(config.nodes, ['10.240.0.0/16', 'fd00:10::/32']);
    assert.deepEqual(
      [config.isolate, config.trust, config.namespace, config.namespaces, config.annotationPrefix],
      ['both', 'own', 'shop', ['shop', 'billing'], 'net.example.com/'],
    );
    assert.deepEqual([config.syncWaves, config.verbose, config.dialect], [true, true, 'kubernetes']);
    assert.deepEqual(
      config.always.allowFrom.map(({ text }) => text),
      ['prometheus:metrics', 'a', 'b'],
    );
    assert.deepEqual(
      config.always.allowTo.map(({ text }) => text),
      ['internet:443'],
    );
  });

  const ranges: readonly (readonly [string, readonly string[]])[] = [
    ['[100.64.0.0/10]', ['100.64.0.0/10', 'fc00::/7']],
    ["['fd00::/8']", ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8']],
    ["[10.0.0.0/8, 'fd00::/8']", ['10.0.0.0/8', 'fd00::/8']],
    ['[]', []],
  ];
  for (const [written, expected] of ranges) {
    it(`privateRanges ${written}: a family that is not named keeps its default`, () => {
      assert.deepEqual(readSpec(`{privateRanges: ${written}}`).config.privateRanges, expected);
    });
  }
});

describe('readConfig: peers', () => {
  const peersOf = (written: string) => {
    const { config, problems } = readSpec(`{peers: {x: ${written}}}`);
    assert.deepEqual(problems, []);
    return config.peers[0]?.peers;
  };

  it('reads pods by namespace and label', () => {
    assert.deepEqual(peersOf('{namespace: data, podSelector: {matchLabels: {app: db}}, ports: [5432, 53/udp, web]}'), [
      {
        kind: 'pods',
        namespaceSelector: metadataName('data'),
        podSelector: [label('app', 'db')],
        ports: [port(5432), port(53, 'UDP'), { kind: 'name', name: 'web', protocol: undefined }],
      },
    ]);
  });

  it('tells an absent namespaceSelector from an empty one', () => {
    const podSelector = [label('app', 'db')];
    const absent = { kind: 'pods', namespaceSelector: undefined, podSelector, ports: undefined };
    assert.deepEqual(peersOf('{podSelector: {matchLabels: {app: db}}}'), [absent]);
    const empty = { ...absent, namespaceSelector: [] };
    assert.deepEqual(peersOf('{namespaceSelector: {}, podSelector: {matchLabels: {app: db}}}'), [empty]);
  });

  it('reads all four operators', () => {
    const expressions =
      '[{key: a, operator: In, values: [b, ""]}, {key: c, operator: NotIn, values: [d]}, {key: e, operator: Exists}, {key: f, operator: DoesNotExist, values: []}]';
    assert.deepEqual(peersOf(`{podSelector: {matchExpressions: ${expressions}}}`), [
      {
        kind: 'pods',
        namespaceSelector: undefined,
        podSelector: [
          { key: 'a', operator: 'In', values: ['b', ''] },
          { key: 'c', operator: 'NotIn', values: ['d'] },
          { key: 'e', operator: 'Exists', values: [] },
          { key: 'f', operator: 'DoesNotExist', values: [] },
        ],
        ports: undefined,
      },
    ]);
  });

  it('reads ranges, text, and a list of all', () => {
    const read = peersOf('[{cidrs: [10.0.0.0/8!10.1.0.0/16], ports: [6443]}, shop/app=web, {namespace: a}]');
    assert.deepEqual(
      read?.map(({ kind }) => kind),
      ['cidrs', 'items', 'pods'],
    );
    const cidrs = [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }];
    assert.deepEqual(read?.[0], { kind: 'cidrs', cidrs, services: [], entities: [], ports: [port(6443)] });
  });

  it('takes names with a namespace, and gives each its place', () => {
    const { config } = readSpec('{peers: {data-layer/postgresql: data-layer/app=db}}');
    assert.equal(config.peers[0]?.name, 'data-layer/postgresql');
    assert.equal(config.peers[0]?.place.field, 'spec.peers["data-layer/postgresql"]');
    assert.equal(config.peers[0]?.place.resource?.name, 'netpol');
  });
});

describe('readConfig: pods, rules and workloadKinds', () => {
  it('reads pods', () => {
    const { config, problems } = readSpec(`
pods:
  - name: prometheus
    namespace: monitoring
    podSelector: {matchLabels: {app: prometheus}}
    ports: [{name: web, containerPort: 9090}, {containerPort: 53, protocol: UDP}]
    allowFrom: grafana
    dns: none
`);
    assert.deepEqual(problems, []);
    const [entry] = config.pods;
    assert.deepEqual(entry?.ports, [
      { name: 'web', port: 9090, protocol: 'TCP' },
      { name: undefined, port: 53, protocol: 'UDP' },
    ]);
    assert.deepEqual([entry?.allowFrom?.[0]?.text, entry?.allowTo, entry?.noDns], ['grafana', undefined, true]);
    assert.equal(entry?.place.field, 'spec.pods[0]');
  });

  it('reads rules, with selectors as text or as mappings', () => {
    const { config, problems } = readSpec(`
rules:
  - target: {kind: StatefulSet, name: 'postgres.*', labelSelector: 'app=db,tier in (a, b),env!=test,old,!new,x notin (y)'}
    allowFrom: none
  - target: {group: apps, annotationSelector: {matchLabels: {team: data}}}
    isolate: both
    trust: own
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(config.rules[0]?.target.labelSelector, [
      { key: 'app', operator: 'In', values: ['db'] },
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'env', operator: 'NotIn', values: ['test'] },
      { key: 'old', operator: 'Exists', values: [] },
      { key: 'new', operator: 'DoesNotExist', values: [] },
      { key: 'x', operator: 'NotIn', values: ['y'] },
    ]);
    assert.equal(config.rules[0]?.target.name, 'postgres.*');
    assert.deepEqual(config.rules[1]?.target.annotationSelector, [label('team', 'data')]);
    assert.deepEqual(
      [config.rules[1]?.isolate, config.rules[1]?.trust, config.rules[1]?.noDns],
      ['both', 'own', false],
    );
  });

  it('takes an empty field of a target for an absent one, as Kustomize does', () => {
    const { config, problems } = readSpec("{rules: [{target: {kind: Job, name: '', group: ''}, allowFrom: web}]}");
    assert.deepEqual(problems, []);
    assert.deepEqual([config.rules[0]?.target.name, config.rules[0]?.target.group], [undefined, undefined]);
  });

  it('reads workloadKinds', () => {
    const { config, problems } = readSpec(`
workloadKinds:
  - {apiVersion: example.com/v1, kind: Game, template: spec.pod, selector: spec.match}
  - {apiVersion: v1, kind: Core}
  - {group: '', kind: Also}
  - {kind: Any}
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(config.workloadKinds, [
      { group: 'example.com', kind: 'Game', template: ['spec', 'pod'], selector: ['spec', 'match'] },
      { group: '', kind: 'Core', template: ['spec', 'template'], selector: undefined },
      { group: '', kind: 'Also', template: ['spec', 'template'], selector: undefined },
      { group: undefined, kind: 'Any', template: ['spec', 'template'], selector: undefined },
    ]);
  });
});

describe('readConfig: a ConfigMap', () => {
  const readData = (data: string) =>
    read(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: function-input}\ndata: ${data}`);

  it('reads every field that it may have', () => {
    const { config, problems } = readData(`
  isolate: both
  minimum.trust: own
  namespaces: a, b c
  argocd.syncWaves: "true"
  verbose: false
  always.allowFrom: |
    # everywhere
    monitoring/app=prometheus:metrics
  dns.peers: kube-system/k8s-app=coredns:53/udp+53/tcp
  dns.nodeLocal: 169.254.20.10/32
  peers.data-layer/postgresql: data-layer/app.kubernetes.io/name=postgresql:5432
  peers.with.dots: shop/app=web
`);
    assert.deepEqual(problems, []);
    assert.deepEqual([config.owner, config.isolate, config.minimum.trust], ['postern', 'both', 'own']);
    assert.deepEqual([config.namespaces, config.syncWaves, config.verbose], [['a', 'b', 'c'], true, false]);
    assert.equal(config.always.allowFrom.length, 1);
    assert.deepEqual([config.dns.peers[0]?.kind, config.dns.nodeLocal], ['items', ['169.254.20.10/32']]);
    assert.deepEqual(
      config.peers.map(({ name, place }) => [name, place.field]),
      [
        ['data-layer/postgresql', 'data["peers.data-layer/postgresql"]'],
        ['with.dots', 'data["peers.with.dots"]'],
      ],
    );
  });

  it('takes the name of a preset, and not beside its parts', () => {
    assert.deepEqual(readData('\n  dns: openshift\n').problems, []);
    for (const data of [
      '\n  dns: openshift\n  dns.nodeLocal: 1.2.3.4/32\n',
      '\n  dns.peers: a/b=c\n  dns: openshift\n',
    ]) {
      assert.match(
        printProblems(readData(data).problems).join(),
        /must have either "dns" or keys that begin with "dns."/,
      );
    }
  });

  it('names its keys in problems', () => {
    const { problems } = readData(`
  rules: x
  onwer: b
  nodes: ""
  verbose: "yes"
  minimum.isolate: ingres
  dns.nodeLocal: 10.0.0.0/8 169.254.20.10
  always.allowTo: Web
  peers.x: none
`);
    assert.deepEqual(
      printProblems(problems).map((line) => line.replace(/; the fields.*(?= \[)/, '')),
      [
        'data.rules: must not be in a ConfigMap, which holds only text, got "rules"; use a NetworkPolicyGenerator [unknown-field]',
        'data.onwer: must be a known field, or "peers." with a name, got "onwer" (did you mean "owner"?) [unknown-field]',
        'data.nodes: must be text that is not empty, got ""; remove the field for its default [invalid-field]',
        'data["minimum.isolate"]: must be one of none, ingress, egress, both, got "ingres" (did you mean "ingress"?) [invalid-field]',
        'data.verbose: must be true or false, got "yes" [invalid-field]',
        'data["peers.x"]: must not refuse here, got "none"; remove the field [none-not-alone]',
        'data["always.allowTo"]: must be a name of lower-case letters, digits, "-" and ".", got "Web" (did you mean "web"?) [invalid-peer]',
        'data["dns.nodeLocal"]: must give an address the length of its range, got "169.254.20.10" (did you mean "169.254.20.10/32"?) [invalid-cidr]',
      ],
    );
  });
});

describe('readConfig: what is wrong', () => {
  const specs: readonly (readonly [spec: string, problem: string])[] = [
    ['{onwer: a}', 'spec.onwer: must be a known field, got "onwer" (did you mean "owner"?) [unknown-field]'],
    [
      '{minimum: {isolat: both}}',
      'spec.minimum.isolat: must be a known field, got "isolat" (did you mean "isolate"?) [unknown-field]',
    ],
    [
      '{isolate: Both}',
      'spec.isolate: must be one of none, ingress, egress, both, got "Both" (did you mean "both"?) [invalid-field]',
    ],
    ['{trust: 5}', 'spec.trust: must be one of either, namespace, own, got the number 5 [invalid-field]'],
    ['{verbose: maybe}', 'spec.verbose: must be true or false, got "maybe" [invalid-field]'],
    ['{namespaces: shop}', 'spec.namespaces: must be a list of namespaces, got "shop" [invalid-field]'],
    ['{exclude: [Shop]}', 'spec.exclude[0]: must be the name of a namespace, got "Shop" [invalid-field]'],
    [
      '{annotationPrefix: example.com}',
      'spec.annotationPrefix: must be the prefix of annotations: a domain with "/" after it, such as "postern.dev/", got "example.com" [invalid-field]',
    ],
    [
      '{owner: My Team}',
      'spec.owner: must be a name of lower-case letters, digits, "-" and ".", got "My Team" [invalid-field]',
    ],
    ['{dialect: k8s}', 'spec.dialect: must be one of kubernetes, cilium, calico, got "k8s" [invalid-field]'],
    [
      '{dialect: kubernetes, dialects: [kubernetes]}',
      'spec.dialects: must not stand beside "dialect"; put all of them into "dialects" [two-dialects]',
    ],
    [
      '{mode: observe}',
      'spec.mode: must not be "observe" in the dialect "kubernetes", whose policies are always enforced; ' +
        'only "cilium" and "calico" can observe; "postern plan" says before what would be cut [cannot-observe]',
    ],
    [
      '{nodes: [10.0.0.1]}',
      'spec.nodes[0]: must give an address the length of its range, got "10.0.0.1" (did you mean "10.0.0.1/32"?) [invalid-cidr]',
    ],
    [
      '{nodes: [10.0.0.0/8!10.1.0.0/16]}',
      'spec.nodes[0]: must be a range without exceptions, got "10.0.0.0/8!10.1.0.0/16" [invalid-cidr]',
    ],
    [
      '{peers: {internet: web}}',
      'spec.peers["internet"]: must not be called like a keyword of the lists, got "internet" [invalid-alias]',
    ],
    [
      '{peers: {a/b/c: web}}',
      'spec.peers["a/b/c"]: must be called "name" or "namespace/name", of lower-case letters, digits, "-" and ".", got "a/b/c" [invalid-alias]',
    ],
    [
      '{peers: {a: web, b: a}}',
      'spec.peers["b"]: must not stand for another name of "peers", got "a"; write labels, such as "shop/app=web", or what the other name stands for [invalid-alias]',
    ],
    [
      '{peers: {x: {}}}',
      'spec.peers["x"]: must have "namespace", "namespaceSelector", "podSelector", "cidrs", "services" or "entities" [invalid-peer]',
    ],
    [
      '{peers: {x: {namespace: a, cidrs: [10.0.0.0/8]}}}',
      'spec.peers["x"]: must have either "cidrs", "services" and "entities", or selectors of pods, not both [invalid-peer]',
    ],
    [
      '{peers: {x: {namespace: a, namespaceSelector: {}}}}',
      'spec.peers["x"]: must have either "namespace" or "namespaceSelector", not both [invalid-peer]',
    ],
    ['{peers: {x: {cidrs: []}}}', 'spec.peers["x"]: must have at least one range in "cidrs" [invalid-peer]'],
    [
      '{peers: {x: {podSelector: null}}}',
      'spec.peers["x"].podSelector: must be a selector with "matchLabels" or "matchExpressions", got null [invalid-field]',
    ],
    [
      '{peers: {x: 5}}',
      'spec.peers["x"]: must be a peer: text in the grammar, a mapping with "podSelector" or "cidrs", or a list of those, got the number 5 [invalid-field]',
    ],
    [
      '{peers: {x: [{namespace: a}, 5]}}',
      'spec.peers["x"][1]: must be a peer: text in the grammar, a mapping with "podSelector" or "cidrs", or a list of those, got the number 5 [invalid-field]',
    ],
    [
      '{peers: {x: {namespace: a, ports: [70000]}}}',
      'spec.peers["x"].ports[0]: must be a port from 1 to 65535, got the number 70000 [invalid-field]',
    ],
    [
      '{peers: {x: {namespace: a, ports: []}}}',
      'spec.peers["x"].ports: must be a list of ports that is not empty; without "ports" it is all ports, got an empty list [invalid-field]',
    ],
    [
      '{peers: {x: {namespace: a, ports: [53/upd]}}}',
      'spec.peers["x"].ports[0]: must have "tcp", "udp" or "sctp" after the "/" of a port, got "53/upd" (did you mean "53/udp"?) [invalid-port]',
    ],
    [
      '{peers: {x: {podSelector: {matchLabels: {on: true}}}}}',
      'spec.peers["x"].podSelector.matchLabels["on"]: must be text, in quotes where YAML reads something else, got the boolean true [invalid-field]',
    ],
    [
      '{peers: {x: {podSelector: {matchLabels: {a: "b c"}}}}}',
      'spec.peers["x"].podSelector.matchLabels["a"]: must have a value of up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, got "b c" [invalid-selector]',
    ],
    [
      '{peers: {x: {podSelector: {matchExpressions: [{key: a, operator: In}]}}}}',
      'spec.peers["x"].podSelector.matchExpressions[0].values: must not be empty where the operator is In [invalid-selector]',
    ],
    [
      '{peers: {x: {podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}}}',
      'spec.peers["x"].podSelector.matchExpressions[0].values: must be empty where the operator is Exists [invalid-selector]',
    ],
    [
      '{always: {allowFrom: none}}',
      'spec.always.allowFrom: must not refuse here, got "none"; remove the field [none-not-alone]',
    ],
    [
      '{always: {allowTo: [web, 5]}}',
      'spec.always.allowTo[1]: must be text: a peer such as "shop/web:80", got the number 5 [invalid-field]',
    ],
    [
      '{pods: [{name: a, podSelector: {}}]}',
      'spec.pods[0].podSelector: must have a label that tells these pods from others [invalid-selector]',
    ],
    [
      '{pods: [{podSelector: {matchLabels: {a: b}}}]}',
      'spec.pods[0].name: must be a name of lower-case letters, digits, "-" and ".", got nothing [invalid-field]',
    ],
    [
      '{pods: [{name: a, podSelector: {matchLabels: {a: b}}}, {name: a, podSelector: {matchLabels: {a: c}}}]}',
      'spec.pods[1].name: must not be said twice, got "a" [invalid-field]',
    ],
    [
      '{rules: [{target: {kind: Job}}]}',
      'spec.rules[0]: must say "allowFrom", "allowTo", "isolate", "trust", "dns" or "http" [invalid-field]',
    ],
    [
      '{rules: [{target: {}, allowFrom: web}]}',
      'spec.rules[0].target: must have a field, because without one it is every object [invalid-field]',
    ],
    [
      '{rules: [{target: {name: "("}, allowFrom: web}]}',
      'spec.rules[0].target.name: must be a name or a regular expression, got "(" [invalid-field]',
    ],
    [
      '{rules: [{target: {labelSelector: a in b}, allowFrom: web}]}',
      'spec.rules[0].target.labelSelector: must be a selector such as "app=web,tier in (a,b),!old", got "a in b" [invalid-selector]',
    ],
    [
      '{rules: [{target: {kind: Job}, allowFrom: [none, web]}]}',
      'spec.rules[0].allowFrom: must have "none" alone in its list, got "none" [none-not-alone]',
    ],
    [
      '{rules: [{target: {kind: Job}, allowFrom: []}]}',
      'spec.rules[0].allowFrom: must say "none" where nothing may connect; this list is empty [empty-list]',
    ],
    [
      '{rules: [{target: {kind: Job}, dns: default}]}',
      'spec.rules[0].dns: must be "none", got "default" [invalid-field]',
    ],
    [
      '{mesh: istio, identity: linkerd}',
      'spec.identity: must stand beside "mesh: linkerd", whose identities they are, got "linkerd" [identity-without-mesh]',
    ],
    [
      '{mesh: none, identity: istio}',
      'spec.identity: must stand beside "mesh: istio" or "mesh: istio-ambient", whose identities they are, got "istio" [identity-without-mesh]',
    ],
    [
      '{mesh: linkerd, identity: {name: linkerd, trustDomain: a.b}}',
      'spec.identity.trustDomain: must not be said for linkerd [invalid-field]',
    ],
    [
      '{mesh: istio, identity: {name: istio, networks: [10.0.0.0/8]}}',
      'spec.identity.networks: must not be said for istio [invalid-field]',
    ],
    [
      '{mesh: linkerdd}',
      'spec.mesh: must be one of linkerd, istio-ambient, istio, none, or a mapping with "name", got "linkerdd" [invalid-field]',
    ],
    [
      '{mesh: {name: istio, proxyPort: 4143}}',
      'spec.mesh.proxyPort: must not be said for istio, whose port is fixed [invalid-field]',
    ],
    [
      '{mesh: {name: istio-ambient, metrics: monitoring/app=prometheus}}',
      'spec.mesh.metrics: must not be said for istio-ambient, whose pods have no proxy of their own [invalid-field]',
    ],
    [
      '{mesh: {name: linkerd, metrics: "monitoring/app=prometheus:9090"}}',
      'spec.mesh.metrics: must have no ports, which are those of the proxies, got "monitoring/app=prometheus:9090" [invalid-field]',
    ],
    [
      '{mesh: {name: linkerd, meshed: "shop/*:80"}}',
      'spec.mesh.meshed: must have no ports, since a pod is meshed as a whole, got "shop/*:80" [invalid-field]',
    ],
    [
      '{mesh: {name: linkerd, unmeshed: internet}}',
      'spec.mesh.unmeshed: must name pods, got "internet" [invalid-field]',
    ],
    [
      '{mesh: {name: linkerd, unmeshed: 10.0.0.0/8}}',
      'spec.mesh.unmeshed: must name pods, got "10.0.0.0/8" [invalid-field]',
    ],
    [
      '{dns: opneshift}',
      'spec.dns: must be "openshift", or a mapping with "peers" and "nodeLocal", got "opneshift" [invalid-field]',
    ],
    [
      '{workloadKinds: [{kind: A, apiVersion: b/v1, group: c}]}',
      'spec.workloadKinds[0]: must have either "apiVersion" or "group", not both [invalid-field]',
    ],
    [
      '{workloadKinds: [{kind: A, template: a..b}]}',
      'spec.workloadKinds[0].template: must be the path of a field, such as "spec.template", got "a..b" [invalid-field]',
    ],
  ];
  for (const [spec, problem] of specs) {
    it(spec, () => assert.deepEqual(printProblems(readSpec(spec).problems), [problem]));
  }

  const documents: readonly (readonly [document: string, problem: string])[] = [
    ['5', 'undefined: must be a NetworkPolicyGenerator or a ConfigMap, got the number 5 [invalid-config]'],
    [
      '{kind: NetworkPolicyGenerater}',
      'kind: must be "NetworkPolicyGenerator" or "ConfigMap", got "NetworkPolicyGenerater" (did you mean "NetworkPolicyGenerator"?) [invalid-config]',
    ],
    [
      '{kind: NetworkPolicyGenerator, apiVersion: postern.dev/v1}',
      'apiVersion: must be "postern.dev/v1alpha1" for a NetworkPolicyGenerator, got "postern.dev/v1" [invalid-config]',
    ],
    ['{kind: ConfigMap, apiVersion: v1, data: [a]}', 'data: must be a mapping of texts, got a list [invalid-field]'],
    [
      '{kind: NetworkPolicyGenerator, apiVersion: postern.dev/v1alpha1, spec: [1]}',
      'spec: must be a mapping, got a list [invalid-field]',
    ],
    [
      '{kind: NetworkPolicyGenerator, apiVersion: postern.dev/v1alpha1, sepc: {}}',
      'sepc: must be a known field, got "sepc" (did you mean "spec"?) [unknown-field]',
    ],
  ];
  for (const [document, problem] of documents) {
    it(document, () => assert.deepEqual(printProblems(read(document).problems), [problem]));
  }

  it('reports several problems at once, and still reads the other fields', () => {
    const { config, problems } = readSpec(`
onwer: a
trust: 5
owner: shop
peers:
  bad: 5
  worse: "web:0, *"
  good: {namespace: shop}
`);
    assert.deepEqual(
      problems.map(({ field, code }) => `${field} ${code}`),
      [
        'spec.trust invalid-field',
        'spec.peers["bad"] invalid-field',
        'spec.onwer unknown-field',
        'spec.peers["worse"] invalid-port',
        'spec.peers["worse"] invalid-wildcard',
      ],
    );
    assert.equal(config.owner, 'shop');
    assert.deepEqual(
      config.peers.map(({ name, peers }) => [name, peers.length]),
      [
        ['bad', 0],
        ['worse', 0],
        ['good', 1],
      ],
    );
  });

  it('says which object it is, and shows where in a list', () => {
    const [problem] = readSpec('{always: {allowTo: "web, cart:0"}}').problems;
    assert.deepEqual(problem?.resource, {
      apiVersion: 'postern.dev/v1alpha1',
      kind: 'NetworkPolicyGenerator',
      name: 'netpol',
      namespace: undefined,
    });
    assert.equal(problem?.snippet, '1 | web, cart:0\n  |           ^');
  });

  it('never throws, and words every problem itself', () => {
    const keys = [
      'peers',
      'rules',
      'pods',
      'always',
      'dns',
      'owner',
      'target',
      'podSelector',
      'matchLabels',
      'x',
      '__proto__',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, 1, true, '', 'web', 'none', '{{', [], {}),
        fc.array(tie('tree'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom('NetworkPolicyGenerator', 'ConfigMap'), (body, kind) => {
        const apiVersion = kind === 'ConfigMap' ? 'v1' : 'postern.dev/v1alpha1';
        const messages: string[] = [];
        readConfig({ apiVersion, kind, spec: body, data: body }, {}, ({ message }) => messages.push(message));
        for (const message of messages) {
          assert.match(message, /^must /);
          assert.doesNotMatch(message, /undefined|Invalid input|\n/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
