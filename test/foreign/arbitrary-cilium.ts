import fc from 'fast-check';
import { NAMESPACES } from '../reach/arbitrary-cluster.ts';

/** A CiliumNetworkPolicy, or a clusterwide one, as YAML would have it. */
export interface CiliumObject {
  readonly apiVersion: 'cilium.io/v2';
  readonly kind: 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

// The same few keys and values as those of the pods of random clusters, so that policies and pods often meet.
const VALUES = ['x', 'y', 'z'] as const;
const value = fc.constantFrom(...VALUES);
const podKey = fc.constantFrom('tier', 'k8s:app', 'any:tier');
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

function requirement(key: fc.Arbitrary<string>, values: fc.Arbitrary<string>): fc.Arbitrary<object> {
  return fc.oneof(
    fc.record({
      key,
      operator: fc.constantFrom('In', 'NotIn'),
      values: fc.uniqueArray(values, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  );
}

const ofPods = fc.array(requirement(podKey, value), { maxLength: 2 });
const namespace = fc.oneof(
  fc.record({
    key: fc.constantFrom(NAMESPACE, 'io.kubernetes.pod.namespace'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(fc.constantFrom(...NAMESPACES), { minLength: 1, maxLength: 2 }),
  }),
  fc.constant({ key: NAMESPACE, operator: 'Exists' }),
);
const namespaceLabel = requirement(fc.constant('k8s:io.cilium.k8s.namespace.labels.tier'), value);

/** Labels of namespaces stand beside the namespace's own label, so that each release of Cilium reads them alike. */
const peerSelector = fc
  .record({ pods: ofPods, place: fc.option(fc.tuple(namespace, fc.array(namespaceLabel, { maxLength: 1 }))) })
  .map(({ pods, place }) => {
    const all = [...pods, ...(place === null ? [] : [place[0], ...place[1]])];
    return all.length === 0 ? {} : { matchExpressions: all };
  });

const port = fc.oneof(
  fc.record(
    {
      port: fc.constantFrom('0', '53', '80', '443', '8080', '65535', 'web', 'dns'),
      protocol: fc.constantFrom('TCP', 'UDP', 'ANY'),
    },
    { requiredKeys: ['port', 'protocol'] },
  ),
);
const toPorts = fc.array(fc.record({ ports: fc.array(port, { minLength: 1, maxLength: 2 }) }), {
  minLength: 1,
  maxLength: 2,
});

function peers(side: 'from' | 'to'): fc.Arbitrary<object> {
  const cidrSet = fc.record(
    {
      cidr: fc.constant('10.0.0.0/8'),
      except: fc.subarray(['10.1.0.0/16', '10.0.0.4/30'], { minLength: 1 }),
    },
    { requiredKeys: ['cidr'] },
  );
  return fc.oneof(
    fc.record({ [`${side}Endpoints`]: fc.array(peerSelector, { minLength: 1, maxLength: 2 }) }),
    fc.record({
      [`${side}Entities`]: fc.uniqueArray(
        fc.constantFrom('world', 'host', 'remote-node', 'kube-apiserver', 'ingress', 'all', 'cluster'),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    fc.record({ [`${side}CIDR`]: fc.constantFrom(['0.0.0.0/0'], ['203.0.113.9/32'], ['2001:db8::/32', '10.0.0.0/8']) }),
    fc.record({ [`${side}CIDRSet`]: fc.array(cidrSet, { minLength: 1, maxLength: 2 }) }),
    fc.constant({}),
  );
}

function rule(side: 'from' | 'to'): fc.Arbitrary<object> {
  return fc.tuple(peers(side), fc.option(toPorts)).map(([who, ports]) => ({
    ...who,
    ...(ports === null ? {} : { toPorts: ports }),
  }));
}

const sections = fc
  .record(
    {
      ingress: fc.array(rule('from'), { minLength: 1, maxLength: 2 }),
      egress: fc.array(rule('to'), { minLength: 1, maxLength: 2 }),
      ingressDeny: fc.array(rule('from'), { minLength: 1, maxLength: 1 }),
      egressDeny: fc.array(rule('to'), { minLength: 1, maxLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .filter((record) => Object.keys(record).length > 0);

const endpointSelector = fc.oneof(
  fc.constant({}),
  ofPods.map((matchExpressions) => ({ matchExpressions })),
  fc.record({ matchLabels: fc.record({ 'k8s:tier': value }) }),
);

/** Random policies of both kinds; Cilium takes each of them. */
export const arbitraryCilium: fc.Arbitrary<CiliumObject> = fc
  .record({
    place: fc.option(fc.constantFrom(...NAMESPACES)),
    wide: fc.option(namespace),
    endpointSelector,
    sections,
  })
  .map(({ place, wide, endpointSelector: selector, sections: rules }): CiliumObject => {
    if (place !== null) {
      const metadata = { name: 'policy', namespace: place };
      return { ...TYPE, kind: 'CiliumNetworkPolicy', metadata, spec: { endpointSelector: selector, ...rules } };
    }
    const known = 'matchExpressions' in selector ? selector.matchExpressions : [];
    const spread = wide === null ? selector : { ...selector, matchExpressions: [...known, wide] };
    return {
      ...TYPE,
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name: 'policy' },
      spec: { endpointSelector: spread, ...rules },
    };
  });

const TYPE = { apiVersion: 'cilium.io/v2' } as const;

/** The same with `enableDefaultDeny`, which came with Cilium 1.16. */
export const arbitraryOpenCilium: fc.Arbitrary<CiliumObject> = fc
  .record({
    policy: arbitraryCilium,
    said: fc.option(fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, { requiredKeys: [] })),
  })
  .map(({ policy, said }) =>
    said === null ? policy : { ...policy, spec: { ...policy.spec, enableDefaultDeny: said } },
  );
