import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { allowedPortsAtEnd } from '../../src/reach/connections.ts';
import { indexPolicies, opening, selecting } from '../../src/reach/index-policies.ts';
import { readPolicy } from '../reach/read-policy.ts';
import { readCalico, readCilium } from './read-foreign.ts';

const pod = (app: string): Endpoint => {
  const namespaceLabels = { 'kubernetes.io/metadata.name': 'shop' };
  return { kind: 'pod', namespace: 'shop', labels: { app }, namespaceLabels, ports: [] };
};

/** Ports of TCP on which `cart` lets `web` in, of these. */
function open(policies: readonly NetworkPolicy[]): readonly number[] {
  const ports = allowedPortsAtEnd(indexPolicies(policies), 'Ingress', pod('web'), pod('cart'));
  return [53, 80, 443].filter(
    (port) => ports === 'all' || ports.some((one) => one.protocol === 'TCP' && one.port <= port && port <= one.endPort),
  );
}

function closers(policies: readonly NetworkPolicy[]): readonly string[] {
  return selecting(indexPolicies(policies), 'Ingress', pod('cart')).map(({ name }) => name);
}

function openers(policies: readonly NetworkPolicy[]): readonly string[] {
  return opening(indexPolicies(policies), 'Ingress', pod('cart')).map(({ name }) => name);
}

function calico(name: string, order: number, rules: string, tier = 'default'): readonly NetworkPolicy[] {
  const spec = `{tier: ${tier}, order: ${order}, selector: app == "cart", types: [Ingress], ingress: [${rules}]}`;
  return readCalico(
    load(
      `{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`,
    ) as never,
  );
}

function cilium(name: string, spec: string): readonly NetworkPolicy[] {
  return readCilium(
    load(`{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: ${name}, namespace: shop},
      spec: {endpointSelector: {matchLabels: {app: cart}}, ${spec}}}`) as never,
  );
}

function plain(name: string, rules: string): readonly NetworkPolicy[] {
  const spec = `{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: [${rules}]}`;
  return [
    readPolicy(
      load(
        `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`,
      ) as never,
    ),
  ];
}

const on = (action: string, ...ports: readonly number[]): string =>
  `{action: ${action}, protocol: TCP, destination: {ports: [${ports.join()}]}}`;

describe('the order in which policies are asked', () => {
  it('has the first rule that matches decide, in the policy of the lowest order', () => {
    const allows = calico('allows', 10, on('Allow', 53, 80));
    assert.deepEqual(
      open([...allows, ...calico('denies', 20, `${on('Deny', 80, 443)}, ${on('Allow', 443)}`)]),
      [53, 80],
    );
    assert.deepEqual(open([...allows, ...calico('denies', 5, on('Deny', 80, 443))]), [53]);
  });

  it('goes by the names where two have one order', () => {
    assert.deepEqual(open([...calico('b', 10, on('Deny', 80)), ...calico('a', 10, on('Allow', 80))]), [80]);
    assert.deepEqual(open([...calico('a', 10, on('Deny', 80)), ...calico('b', 10, on('Allow', 80))]), []);
  });

  it('asks the next tier about what is passed, and denies the rest of a tier', () => {
    const first = calico('guard', 1, on('Pass', 53, 80), 'first');
    assert.deepEqual(open(first), [53, 80]);
    assert.deepEqual(open([...first, ...calico('own', 1, on('Allow', 80, 443))]), [80]);
    assert.deepEqual(open([...calico('denies', 1, on('Deny', 53, 80), 'first')]), []);
  });

  it('has a tier that passes by itself deny nothing that no rule denies', () => {
    assert.deepEqual(open(calico('guard', 1, on('Deny', 80), 'last')), [53, 443]);
    assert.deepEqual(closers(calico('guard', 1, on('Deny', 80), 'last')), []);
  });

  it('closes nothing by a tier from which everything passes on', () => {
    const passing = calico('guard', 1, `${on('Deny', 80)}, {action: Pass}`, 'first');
    assert.deepEqual(open(passing), [53, 443]);
    assert.deepEqual(closers(passing), []);
    assert.deepEqual(closers([...passing, ...calico('own', 1, on('Allow', 53))]), ['own']);
  });

  it('has plain policies at 1000 of the tier default', () => {
    const own = plain('plain', '{ports: [{port: 80}]}');
    assert.deepEqual(open([...own, ...calico('before', 999, on('Deny', 80))]), []);
    assert.deepEqual(open([...own, ...calico('behind', 1001, `${on('Deny', 80)}, ${on('Allow', 443)}`)]), [80, 443]);
  });

  it("puts Cilium's denials before all that is allowed, by plain policies too", () => {
    const denial = 'ingressDeny: [{toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]';
    const own = plain('plain', '{ports: [{port: 80}, {port: 443}]}');
    assert.deepEqual(open([...own, ...cilium('denies', denial)]), [443]);
    assert.deepEqual(open(cilium('denies', denial)), []);
    assert.deepEqual(open(cilium('denies', `enableDefaultDeny: {ingress: false}, ${denial}`)), [53, 443]);
  });

  it('closes only what some policy asks to close', () => {
    const adds = cilium('adds', 'enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{}]}]');
    assert.deepEqual(closers(adds), []);
    assert.deepEqual(open(adds), [53, 80, 443]);
    const closing = cilium('closes', 'ingress: [{}]');
    assert.deepEqual(open(closing), []);
    assert.deepEqual(open([...closing, ...adds]), [53, 80, 443]);
  });

  it('lets through what both APIs let through, where both have policies', () => {
    const ours = cilium(
      'cilium',
      'ingress: [{toPorts: [{ports: [{port: "80", protocol: TCP}, {port: "53", protocol: TCP}]}]}]',
    );
    const theirs = calico('calico', 1, on('Allow', 80, 443));
    assert.deepEqual(open([...ours, ...theirs]), [80]);
    assert.deepEqual(closers([...ours, ...theirs]), ['cilium', 'calico']);
    assert.deepEqual(open([...ours, ...theirs, ...plain('plain', '{ports: [{port: 443}]}')]), [80, 443]);
  });

  it('opens by what closes nothing itself, where another closes', () => {
    const adds = cilium('adds', 'enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{}]}]');
    assert.deepEqual(openers(adds), []);
    assert.deepEqual(openers([...adds, ...cilium('closes', 'ingress: [{}]')]), ['adds', 'closes']);
    const passing = calico('guard', 1, `${on('Allow', 80)}, {action: Pass}`, 'first');
    assert.deepEqual(openers(passing), []);
    assert.deepEqual(openers([...passing, ...calico('own', 1, on('Allow', 53))]), ['guard', 'own']);
  });

  it('does not open by a tier that is not asked', () => {
    const [first, second] = [calico('a', 1, on('Allow', 80), 'first'), calico('b', 1, on('Allow', 443))];
    assert.deepEqual(open([...first, ...second]), [80]);
    assert.deepEqual(openers([...first, ...second]), ['a']);
  });
});
