import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import type { NetworkPolicy, Rule } from '../../src/model/network-policy.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import { resourceOf } from '../reach/resource-of.ts';

describe('a hand-written NetworkPolicy', () => {
  describe('isolates the directions of its policyTypes', () => {
    const NOTHING: readonly Rule[] = [];
    const ANYTHING: readonly Rule[] = [{ peers: 'all', ports: 'all' }];
    const table: Readonly<Record<string, readonly [string, NetworkPolicy['ingress'], NetworkPolicy['egress']]>> = {
      'neither types nor sections: ingress, allowing nothing': ['{podSelector: {}}', NOTHING, undefined],
      'no spec at all': ['null', NOTHING, undefined],
      'an empty spec': ['{}', NOTHING, undefined],
      'only an ingress section': ['{ingress: [{}]}', ANYTHING, undefined],
      'only an egress section: ingress too': ['{egress: [{}]}', NOTHING, ANYTHING],
      'an empty egress section does not isolate egress': ['{egress: []}', NOTHING, undefined],
      'nor does a null one': ['{egress: null}', NOTHING, undefined],
      'empty types are absent types': ['{policyTypes: [], egress: [{}]}', NOTHING, ANYTHING],
      'null types are absent types': ['{policyTypes: null, egress: [{}]}', NOTHING, ANYTHING],
      'a type without its section allows nothing': ['{policyTypes: [Egress]}', undefined, NOTHING],
      'both types without sections': ['{policyTypes: [Egress, Ingress]}', NOTHING, NOTHING],
      'a section without its type is ignored': ['{policyTypes: [Ingress], egress: [{}]}', NOTHING, undefined],
      'and the other way round': ['{policyTypes: [Egress], ingress: [{}]}', undefined, NOTHING],
      'a null rule is an empty rule, as the API decodes it': ['{ingress: [null]}', ANYTHING, undefined],
    };
    for (const [name, [spec, ingress, egress]] of Object.entries(table)) {
      it(name, () => {
        const { policy, problems } = read(spec);
        assert.deepEqual(problems, []);
        assert.deepEqual({ ingress: policy?.ingress, egress: policy?.egress }, { ingress, egress });
      });
    }
  });

  describe('has peers', () => {
    const X = [{ key: 'app', operator: 'In', values: ['x'] }];
    const table: Readonly<Record<string, readonly [string, Rule['peers'] | readonly unknown[]]>> = {
      'absent: anybody': ['{}', 'all'],
      'empty: anybody': ['{from: []}', 'all'],
      'null: anybody': ['{from: null}', 'all'],
      'pods of its own namespace': ['{from: [{podSelector: {matchLabels: {app: x}}}]}', [pods(undefined, X)]],
      'every pod of its own namespace': ['{from: [{podSelector: {}}]}', [pods(undefined, [])]],
      'every pod of some namespaces': ['{from: [{namespaceSelector: {matchLabels: {app: x}}}]}', [pods(X, [])]],
      'every pod': ['{from: [{namespaceSelector: {}}]}', [pods([], [])]],
      'pods of some namespaces': [
        '{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: x}}}]}',
        [pods([], X)],
      ],
      'a null selector is absent': ['{from: [{namespaceSelector: null, podSelector: {}}]}', [pods(undefined, [])]],
      'two peers are alternatives': [
        '{from: [{namespaceSelector: {}}, {podSelector: {}}]}',
        [pods([], []), pods(undefined, [])],
      ],
      'null matchLabels select all': ['{from: [{podSelector: {matchLabels: null}}]}', [pods(undefined, [])]],
      addresses: [
        '{from: [{ipBlock: {cidr: 10.1.0.0/8, except: [10.1.0.1/16]}}]}',
        [ipBlock('10.1.0.0/8', ['10.1.0.1/16'])],
      ],
      'IPv6 addresses': ['{from: [{ipBlock: {cidr: "2001:db8::/32"}}]}', [ipBlock('2001:db8::/32')]],
    };
    for (const [name, [rule, peers]] of Object.entries(table)) {
      it(name, () => assert.deepEqual(readRule(rule).peers, peers));
    }

    it('under `to` for egress', () => {
      const { policy } = read('{egress: [{to: [{podSelector: {}}], from: [{namespaceSelector: {}}]}]}');
      assert.deepEqual(policy?.egress, [{ peers: [pods(undefined, [])], ports: 'all' }]);
    });
  });

  describe('has ports', () => {
    const table: Readonly<Record<string, readonly [string, Rule['ports'] | readonly unknown[]]>> = {
      'absent: all': ['{}', 'all'],
      'empty: all': ['{ports: []}', 'all'],
      'null: all': ['{ports: null}', 'all'],
      'TCP unless it says so': ['{ports: [{port: 80}]}', [range('TCP', 80)]],
      'a protocol': [
        '{ports: [{port: 53, protocol: UDP}, {port: 99, protocol: SCTP}]}',
        [range('UDP', 53), range('SCTP', 99)],
      ],
      'a range': ['{ports: [{port: 8000, endPort: 8080}]}', [range('TCP', 8000, 8080)]],
      'a range of one': ['{ports: [{port: 80, endPort: 80}]}', [range('TCP', 80)]],
      'a name': ['{ports: [{port: web}]}', [{ protocol: 'TCP', name: 'web' }]],
      'a name with a protocol': ['{ports: [{port: dns-2, protocol: UDP}]}', [{ protocol: 'UDP', name: 'dns-2' }]],
      'no port: the whole protocol': ['{ports: [{protocol: UDP}]}', [range('UDP', 1, 65535)]],
      'an empty entry: all of TCP': ['{ports: [{}]}', [range('TCP', 1, 65535)]],
      'a null entry too': ['{ports: [null]}', [range('TCP', 1, 65535)]],
    };
    for (const [name, [rule, ports]] of Object.entries(table)) {
      it(name, () => assert.deepEqual(readRule(rule).ports, ports));
    }
  });

  describe('has a podSelector', () => {
    it('that selects everything when it is absent or null', () => {
      for (const spec of ['{}', '{podSelector: null}', '{podSelector: {}}']) {
        assert.deepEqual(read(spec).policy?.podSelector, []);
      }
    });

    it('with labels and all four operators', () => {
      const selector = `{matchLabels: {app: x, tier: y}, matchExpressions: [{key: a, operator: In, values: [p, q]},
        {key: b, operator: NotIn, values: [p]}, {key: c, operator: Exists}, {key: d, operator: DoesNotExist, values: []}]}`;
      assert.deepEqual(read(`{podSelector: ${selector}}`).policy?.podSelector, [
        { key: 'app', operator: 'In', values: ['x'] },
        { key: 'tier', operator: 'In', values: ['y'] },
        { key: 'a', operator: 'In', values: ['p', 'q'] },
        { key: 'b', operator: 'NotIn', values: ['p'] },
        { key: 'c', operator: 'Exists', values: [] },
        { key: 'd', operator: 'DoesNotExist', values: [] },
      ]);
    });
  });

  it('keeps its name, its object and the namespace it is matched in', () => {
    const { policy } = read('{}');
    assert.equal(policy?.name, 'policy');
    assert.equal(policy?.namespace, 'shop');
    assert.equal(policy?.resource?.kind, 'NetworkPolicy');
  });

  it('of the old API group reads the same', () => {
    const spec = '{egress: [{ports: [{port: 53, protocol: UDP}]}]}';
    const { policy } = read(spec, 'extensions/v1beta1');
    assert.deepEqual([policy?.ingress, policy?.egress], [read(spec).policy?.ingress, read(spec).policy?.egress]);
  });
});

describe('a NetworkPolicy that the API refuses', () => {
  describe('is a warning where it is well-formed, and matches nothing', () => {
    const NOBODY: Rule = { peers: [], ports: 'all' };
    const NO_PORT: Rule = { peers: 'all', ports: [] };
    const table: Readonly<Record<string, readonly [string, string, Rule]>> = {
      'an empty peer': ['{from: [{}]}', 'from[0]', NOBODY],
      'a null peer': ['{from: [null]}', 'from[0]', NOBODY],
      'an ipBlock beside a selector': ['{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}', 'from[0]', NOBODY],
      'an ipBlock without a cidr': ['{from: [{ipBlock: {}}]}', 'from[0].ipBlock.cidr', NOBODY],
      'no range of addresses': ['{from: [{ipBlock: {cidr: 10.0.0.0}}]}', 'from[0].ipBlock.cidr', NOBODY],
      'an exception that is none': [
        '{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [x]}}]}',
        'from[0].ipBlock.except[0]',
        NOBODY,
      ],
      'an exception outside': [
        '{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}',
        'from[0].ipBlock.except[0]',
        NOBODY,
      ],
      'an exception of everything': [
        '{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}',
        'from[0].ipBlock.except[0]',
        NOBODY,
      ],
      'a range that ends before it starts': ['{ports: [{port: 10, endPort: 1}]}', 'ports[0].endPort', NO_PORT],
      'the end of a range alone': ['{ports: [{endPort: 10}]}', 'ports[0].endPort', NO_PORT],
      'the end of a range beside a name': ['{ports: [{port: web, endPort: 10}]}', 'ports[0].endPort', NO_PORT],
      'a number in quotes': ['{ports: [{port: "80"}]}', 'ports[0].port', NO_PORT],
      'a name that is too long': ['{ports: [{port: sixteenletters16}]}', 'ports[0].port', NO_PORT],
      'a name in capitals': ['{ports: [{port: Web}]}', 'ports[0].port', NO_PORT],
    };
    for (const [name, [rule, field, want]] of Object.entries(table)) {
      it(name, () => {
        const { policy, problems } = read(`{ingress: [${rule}]}`);
        assert.deepEqual(summaryOf(problems), [`warning invalid-policy spec.ingress[0].${field}`]);
        assert.deepEqual(policy?.ingress, [want]);
      });
    }

    it('while its other entries count', () => {
      const { policy } = read(
        '{ingress: [{from: [{}, {podSelector: {}}], ports: [{port: 10, endPort: 1}, {port: 80}]}]}',
      );
      assert.deepEqual(policy?.ingress, [{ peers: [pods(undefined, [])], ports: [range('TCP', 80)] }]);
    });
  });

  describe('is an error where a field has the wrong type, and allows nothing there', () => {
    const table: Readonly<Record<string, readonly [string, string]>> = {
      'an unknown policy type': ['{policyTypes: [ingress]}', 'invalid-field spec.policyTypes[0]'],
      'peers that are no list': ['{ingress: [{from: {podSelector: {}}}]}', 'invalid-field spec.ingress[0].from'],
      'ports that are no list': ['{ingress: [{ports: 80}]}', 'invalid-field spec.ingress[0].ports'],
      'a port that is no number': [
        '{ingress: [{ports: [{port: [80]}]}]}',
        'invalid-field spec.ingress[0].ports[0].port',
      ],
      'a port out of range': ['{ingress: [{ports: [{port: 65536}]}]}', 'invalid-field spec.ingress[0].ports[0].port'],
      'an unknown protocol': [
        '{ingress: [{ports: [{protocol: tcp}]}]}',
        'invalid-field spec.ingress[0].ports[0].protocol',
      ],
      'a peer that is text': ['{ingress: [{from: [web]}]}', 'invalid-field spec.ingress[0].from[0]'],
      'a selector that is text': [
        '{ingress: [{from: [{podSelector: web}]}]}',
        'invalid-field spec.ingress[0].from[0].podSelector',
      ],
      'an ipBlock that is text': [
        '{ingress: [{from: [{ipBlock: 10.0.0.0/8}]}]}',
        'invalid-field spec.ingress[0].from[0].ipBlock',
      ],
      'an unknown operator': [
        '{ingress: [{from: [{podSelector: {matchExpressions: [{key: a, operator: Equals, values: [x]}]}}]}]}',
        'invalid-field spec.ingress[0].from[0].podSelector.matchExpressions[0].operator',
      ],
      'no operator': [
        '{podSelector: {matchExpressions: [{key: a}]}}',
        'invalid-selector spec.podSelector.matchExpressions[0].operator',
      ],
      'no key': [
        '{podSelector: {matchExpressions: [{operator: Exists}]}}',
        'invalid-selector spec.podSelector.matchExpressions[0].key',
      ],
      'In without values': [
        '{podSelector: {matchExpressions: [{key: a, operator: In}]}}',
        'invalid-selector spec.podSelector.matchExpressions[0].values',
      ],
      'Exists with values': [
        '{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [x]}]}}',
        'invalid-selector spec.podSelector.matchExpressions[0].values',
      ],
      'a label that is a number': [
        '{podSelector: {matchLabels: {version: 1}}}',
        'invalid-field spec.podSelector.matchLabels["version"]',
      ],
    };
    for (const [name, [spec, want]] of Object.entries(table)) {
      it(name, () => {
        const { policy, problems } = read(spec);
        assert.deepEqual(summaryOf(problems), [`error ${want}`]);
        const allows = policy?.ingress?.some(({ peers, ports }) => peers === 'all' && ports === 'all');
        assert.notEqual(allows, true);
      });
    }
  });

  it('is not read where its pods cannot be known', () => {
    for (const spec of ['text', '{podSelector: web}']) assert.equal(read(spec).policy, undefined);
  });

  it('is told in words that say what would do', () => {
    const messages = read('{ingress: [{ports: [{port: "80"}, {port: 10, endPort: 1}]}]}').problems.map(
      ({ message }) => message,
    );
    assert.deepEqual(messages, [
      'must be a port number or the name of a port, got "80" (did you mean the number 80, without quotes?); it is read as matching nothing',
      'must not be smaller than port 10, got 1: no port is in that range; it is read as matching nothing',
    ]);
  });
});

function read(
  spec: string,
  apiVersion = 'networking.k8s.io/v1',
): { readonly policy: NetworkPolicy | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const object = { apiVersion, kind: 'NetworkPolicy', metadata: { name: 'policy' }, spec: load(spec) };
  const policy = readNetworkPolicy(resourceOf(object), object, 'shop', (problem) => problems.push(problem));
  return { policy, problems };
}

/** The only ingress rule of a policy, which has no problems. */
function readRule(rule: string): Rule {
  const { policy, problems } = read(`{ingress: [${rule}]}`);
  assert.deepEqual(problems, []);
  return policy?.ingress?.[0] ?? assert.fail('no rule was read');
}

function summaryOf(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ severity, code, field }) => `${severity} ${code} ${field}`);
}

function pods(namespaceSelector: unknown, podSelector: unknown): unknown {
  return { kind: 'pods', namespaceSelector, podSelector };
}

function ipBlock(cidr: string, except: readonly string[] = []): unknown {
  return { kind: 'ipBlock', cidr, except };
}

function range(protocol: string, port: number, endPort = port): unknown {
  return { protocol, port, endPort };
}
