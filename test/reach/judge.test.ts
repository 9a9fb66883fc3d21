import assert from 'node:assert/strict';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import type { LabelSelector } from '../../src/model/label-selector.ts';
import type { NetworkPolicy, Peer, Rule } from '../../src/model/network-policy.ts';
import type { ContainerPort, PortSet, Protocol } from '../../src/model/port.ts';
import { allowedPorts, allowedPortsAtEnd } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judge, judgeEnd } from '../../src/reach/judge.ts';

const SELECTS_WEB = app('web');
const SELECTS_DB = app('db');
const ANYTHING: Rule = { peers: 'all', ports: 'all' };

const web = pod('shop', 'web');
const db = pod('shop', 'db', [
  { name: 'sql', port: 5432, protocol: 'TCP' },
  { name: 'metrics', port: 9187, protocol: 'TCP' },
  { name: 'metrics', port: 9188, protocol: 'UDP' },
]);

describe('a verdict', () => {
  describe('asks both ends', () => {
    const closedWeb = policy('closed-web', { podSelector: SELECTS_WEB, egress: [] });
    const closedDb = policy('closed-db', { podSelector: SELECTS_DB, ingress: [] });
    const openWeb = policy('open-web', { podSelector: SELECTS_WEB, egress: [ANYTHING] });
    const openDb = policy('open-db', { podSelector: SELECTS_DB, ingress: [ANYTHING] });
    const table: Readonly<Record<string, readonly [readonly NetworkPolicy[], boolean]>> = {
      'nothing isolates': [[], true],
      'only the source is closed': [[closedWeb], false],
      'only the destination is closed': [[closedDb], false],
      'the source is opened, the destination closed': [[closedWeb, openWeb, closedDb], false],
      'both are opened': [[closedWeb, openWeb, closedDb, openDb], true],
      'ingress of the source does not matter': [[policy('p', { podSelector: SELECTS_WEB, ingress: [] })], true],
      'egress of the destination does not matter': [[policy('p', { podSelector: SELECTS_DB, egress: [] })], true],
      'policies of another namespace do not matter': [
        [policy('p', { namespace: 'other', podSelector: [], ingress: [] })],
        true,
      ],
    };
    for (const [name, [policies, want]] of Object.entries(table)) {
      it(name, () => assert.equal(judge(indexPolicies(policies), flow()).allowed, want));
    }
  });

  it('names the policies that isolate and the rules that allow', () => {
    const closed = policy('closed', { podSelector: [], ingress: [], egress: [] });
    const other: Rule = { peers: [podsPeer(app('other'))], ports: 'all' };
    const open = policy('open', { podSelector: SELECTS_DB, ingress: [other, ANYTHING, other, ANYTHING] });
    const verdict = judge(indexPolicies([closed, open]), flow());
    assert.deepEqual(verdict, {
      allowed: false,
      egress: { isolatedBy: [closed], allowedBy: [], allowed: false },
      ingress: {
        isolatedBy: [closed, open],
        allowedBy: [
          { policy: open, rule: 1 },
          { policy: open, rule: 3 },
        ],
        allowed: true,
      },
    });
  });

  it('has no policies at an address', () => {
    const closed = policy('closed', { namespace: '', podSelector: [], ingress: [], egress: [] });
    const outside: Endpoint = { kind: 'ip', address: '10.0.0.1' };
    const verdict = judge(indexPolicies([closed]), flow({ source: outside, destination: outside }));
    assert.deepEqual(verdict.egress, { isolatedBy: [], allowedBy: [], allowed: true });
    assert.deepEqual(verdict.ingress, { isolatedBy: [], allowedBy: [], allowed: true });
  });

  it('takes an absent namespace as one namespace', () => {
    const closed = policy('closed', {
      namespace: '',
      podSelector: [],
      ingress: [{ peers: [podsPeer([])], ports: 'all' }],
    });
    const [near, far] = [pod('', 'web'), pod('shop', 'web')];
    assert.equal(judge(indexPolicies([closed]), flow({ source: near, destination: near })).allowed, true);
    assert.equal(judge(indexPolicies([closed]), flow({ source: far, destination: near })).allowed, false);
  });
});

describe('a peer', () => {
  const stranger = pod('other', 'web');
  const address = (text: string): Endpoint => ({ kind: 'ip', address: text });
  const block = (cidr: string, ...except: string[]): Peer => ({ kind: 'ipBlock', cidr, except });
  const inShop: LabelSelector = [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }];
  const table: Readonly<Record<string, readonly [Rule['peers'], Endpoint, boolean]>> = {
    'all is a pod': ['all', stranger, true],
    'all is an address': ['all', address('10.0.0.1'), true],
    'none is nobody': [[], web, false],
    'a podSelector is a pod of the namespace of the policy': [[podsPeer(SELECTS_WEB)], web, true],
    'a podSelector is no pod of another namespace': [[podsPeer(SELECTS_WEB)], stranger, false],
    'a podSelector is no other pod': [[podsPeer(SELECTS_DB)], web, false],
    'a namespaceSelector is every pod there': [[podsPeer([], inShop)], web, true],
    'a namespaceSelector is no pod elsewhere': [[podsPeer([], inShop)], stranger, false],
    'the empty namespaceSelector is every namespace': [[podsPeer([], [])], stranger, true],
    'both selectors must hold: namespace': [[podsPeer(SELECTS_WEB, inShop)], stranger, false],
    'both selectors must hold: pod': [[podsPeer(SELECTS_DB, inShop)], web, false],
    'selectors are no address': [[podsPeer([], [])], address('10.0.0.1'), false],
    'one of several suffices': [[podsPeer(SELECTS_DB), podsPeer(SELECTS_WEB)], web, true],
    'an ipBlock is an address': [[block('10.0.0.0/8')], address('10.0.0.1'), true],
    'an ipBlock is no address outside': [[block('10.0.0.0/8')], address('11.0.0.1'), false],
    'an exception is cut out': [[block('10.0.0.0/8', '10.1.0.0/16')], address('10.1.0.1'), false],
    'host bits are masked': [[block('10.9.9.9/8', '10.1.0.1/16')], address('10.2.0.1'), true],
    'an exception of one peer is no exception of another': [
      [block('10.0.0.0/8', '10.1.0.0/16'), block('10.1.2.0/24')],
      address('10.1.2.3'),
      true,
    ],
    'an ipBlock is IPv6': [[block('2001:db8::/32')], address('2001:DB8::1'), true],
    'all of IPv4 is no IPv6': [[block('0.0.0.0/0')], address('2001:db8::1'), false],
    'an ipBlock is no pod, which has no address yet': [[block('0.0.0.0/0'), block('::/0')], web, false],
    'a range that cannot be read is nobody': [[block('10.0/8')], address('10.0.0.1'), false],
    'an address that cannot be read is in no range': [[block('0.0.0.0/0')], address('localhost'), false],
  };
  for (const [name, [peers, source, want]] of Object.entries(table)) {
    it(name, () => {
      const index = indexPolicies([policy('p', { podSelector: SELECTS_DB, ingress: [{ peers, ports: 'all' }] })]);
      assert.equal(judgeEnd(index, 'Ingress', flow({ source })).allowed, want);
    });
  }

  it('of an egress rule is the destination', () => {
    const index = indexPolicies([
      policy('p', { podSelector: SELECTS_WEB, egress: [{ peers: [podsPeer(SELECTS_DB)], ports: 'all' }] }),
    ]);
    assert.equal(judge(index, flow()).allowed, true);
    assert.equal(judge(index, flow({ destination: web })).allowed, false);
  });
});

describe('a port', () => {
  const range = (port: number, endPort = port, protocol: Protocol = 'TCP') => ({ protocol, port, endPort });
  const named = (name: string, protocol: Protocol = 'TCP') => ({ protocol, name });
  const table: Readonly<Record<string, readonly [Rule['ports'], Protocol, number, boolean]>> = {
    'all is every port': ['all', 'SCTP', 1, true],
    'none is no port': [[], 'TCP', 80, false],
    'a number is that port': [[range(5432)], 'TCP', 5432, true],
    'a number is no other port': [[range(5432)], 'TCP', 5433, false],
    'a number is of its protocol only': [[range(5432)], 'UDP', 5432, false],
    'a range has its first port': [[range(8000, 8080)], 'TCP', 8000, true],
    'a range has its last port': [[range(8000, 8080)], 'TCP', 8080, true],
    'a range ends there': [[range(8000, 8080)], 'TCP', 8081, false],
    'a whole protocol is one protocol': [[range(1, 65535, 'UDP')], 'TCP', 80, false],
    'a name is the port of the container': [[named('sql')], 'TCP', 5432, true],
    'a name is no other port': [[named('sql')], 'TCP', 9187, false],
    'a name is of its protocol only': [[named('sql', 'UDP')], 'UDP', 5432, false],
    'nor of the port with that number in another': [[named('sql', 'UDP')], 'TCP', 5432, false],
    'a name that two protocols share is told apart': [[named('metrics', 'UDP')], 'UDP', 9188, true],
    'and so not the port of the other': [[named('metrics', 'UDP')], 'UDP', 9187, false],
    'an unknown name is no port': [[named('nope')], 'TCP', 5432, false],
    'one of several suffices': [[range(80), named('sql')], 'TCP', 5432, true],
  };
  for (const [name, [ports, protocol, port, want]] of Object.entries(table)) {
    const rules: readonly Rule[] = [{ peers: 'all', ports }];
    it(`${name}, for ingress`, () => {
      const index = indexPolicies([policy('p', { podSelector: SELECTS_DB, ingress: rules })]);
      assert.equal(judge(index, flow({ protocol, port })).allowed, want);
    });
    it(`${name}, for egress, where the destination says what a name is`, () => {
      const index = indexPolicies([policy('p', { podSelector: SELECTS_WEB, egress: rules })]);
      assert.equal(judge(index, flow({ protocol, port })).allowed, want);
    });
  }

  it('with a name is none behind an address', () => {
    const index = indexPolicies([
      policy('p', { podSelector: SELECTS_WEB, egress: [{ peers: 'all', ports: [named('sql')] }] }),
    ]);
    assert.equal(judge(index, flow({ destination: { kind: 'ip', address: '10.0.0.1' } })).allowed, false);
  });
});

describe('the ports on which one end reaches another', () => {
  const tcp = (port: number, endPort = port) => ({ protocol: 'TCP' as const, port, endPort });
  const open = (
    name: string,
    direction: 'ingress' | 'egress',
    ...ports: { port: number; endPort: number; protocol: 'TCP' }[]
  ) =>
    policy(name, {
      podSelector: direction === 'ingress' ? SELECTS_DB : SELECTS_WEB,
      [direction]: [{ peers: 'all', ports }],
    });
  const table: Readonly<Record<string, readonly [readonly NetworkPolicy[], PortSet]>> = {
    'all where nothing isolates': [[], 'all'],
    'none where a policy allows nothing': [[open('p', 'ingress')], []],
    'those of the only isolated end': [[open('p', 'ingress', tcp(80))], [tcp(80)]],
    'the union of all rules of one end': [
      [open('p', 'ingress', tcp(80)), open('q', 'ingress', tcp(81), tcp(443))],
      [tcp(80, 81), tcp(443)],
    ],
    'the intersection of both ends': [
      [open('p', 'egress', tcp(1, 100)), open('q', 'ingress', tcp(50, 200))],
      [tcp(50, 100)],
    ],
    'names become numbers': [
      [
        policy('p', {
          podSelector: SELECTS_DB,
          ingress: [{ peers: 'all', ports: [{ protocol: 'TCP', name: 'sql' }] }],
        }),
      ],
      [tcp(5432)],
    ],
    'all where both ends allow all': [
      [policy('p', { podSelector: [], ingress: [ANYTHING], egress: [ANYTHING] })],
      'all',
    ],
  };
  for (const [name, [policies, want]] of Object.entries(table)) {
    it(name, () => assert.deepEqual(allowedPorts(indexPolicies(policies), web, db), want));
  }

  it('are known for each end apart', () => {
    const index = indexPolicies([open('p', 'egress', tcp(1, 100)), open('q', 'ingress', tcp(50, 200))]);
    assert.deepEqual(allowedPortsAtEnd(index, 'Egress', web, db), [tcp(1, 100)]);
    assert.deepEqual(allowedPortsAtEnd(index, 'Ingress', web, db), [tcp(50, 200)]);
  });
});

function pod(namespace: string, name: string, ports: readonly ContainerPort[] = []): Endpoint {
  const namespaceLabels = { 'kubernetes.io/metadata.name': namespace };
  return { kind: 'pod', namespace, labels: { app: name }, namespaceLabels, ports };
}

function app(name: string): LabelSelector {
  return [{ key: 'app', operator: 'In', values: [name] }];
}

function podsPeer(podSelector: LabelSelector, namespaceSelector?: LabelSelector): Peer {
  return { kind: 'pods', podSelector, namespaceSelector };
}

function policy(name: string, fields: Partial<NetworkPolicy> & Pick<NetworkPolicy, 'podSelector'>): NetworkPolicy {
  return { name, namespace: 'shop', ingress: undefined, egress: undefined, ...fields };
}

/** From web to db's SQL port, unless it says so. */
function flow(fields: Partial<Flow> = {}): Flow {
  return { source: web, destination: db, protocol: 'TCP', port: 5432, ...fields };
}
