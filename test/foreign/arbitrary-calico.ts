import fc from 'fast-check';
import { NAMESPACES } from '../reach/arbitrary-cluster.ts';

/** A NetworkPolicy or GlobalNetworkPolicy of Calico, as YAML would have it. */
export interface CalicoObject {
  readonly apiVersion: 'projectcalico.org/v3';
  readonly kind: 'NetworkPolicy' | 'GlobalNetworkPolicy';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly tier?: string;
    readonly order: number;
    readonly selector: string;
    readonly namespaceSelector?: string;
    readonly types: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly CalicoRule[];
    readonly egress?: readonly CalicoRule[];
  };
}

interface CalicoRule {
  readonly action: string;
  readonly protocol?: string;
  readonly source?: object;
  readonly destination?: object;
}

const VALUES = ['x', 'y', 'z'] as const;
const value = fc.constantFrom(...VALUES);
const key = fc.constantFrom('tier', 'app', 'constructor');

const one = fc.oneof(
  fc
    .tuple(key, fc.constantFrom('==', '!=', 'contains', 'starts with'), value)
    .map(([k, sign, v]) => `${k} ${sign} '${v}'`),
  fc
    .tuple(key, fc.constantFrom('in', 'not in'), fc.uniqueArray(value, { minLength: 1, maxLength: 2 }))
    .map(([k, sign, values]) => `${k} ${sign} { ${values.map((v) => `'${v}'`).join(', ')} }`),
  key.map((k) => `has(${k})`),
  fc.constantFrom(...NAMESPACES).map((name) => `projectcalico.org/namespace == '${name}'`),
  fc.constant("projectcalico.org/orchestrator == 'k8s'"),
  fc.constant('all()'),
);
const selector = fc.oneof(
  one,
  fc.tuple(one, one).map(([a, b]) => `${a} && ${b}`),
  fc.tuple(one, one).map(([a, b]) => `!(${a}) || ${b}`),
);
const ofNamespaces = fc.oneof(
  fc.constantFrom(...NAMESPACES).map((name) => `projectcalico.org/name == '${name}'`),
  value.map((v) => `tier == '${v}'`),
  fc.constant('all()'),
);
const nets = fc.oneof(
  fc.record({ nets: fc.constantFrom(['10.0.0.0/8'], ['203.0.113.9/32', '10.0.0.4/30']) }),
  fc.record({ nets: fc.constant(['0.0.0.0/0']), notNets: fc.constant(['10.0.0.0/8']) }),
  fc.record({ nets: fc.constant(['2001:db8::/32']) }),
);
const pods = fc
  .record({ selector, namespaceSelector: ofNamespaces }, { requiredKeys: [] })
  .filter((entity) => Object.keys(entity).length > 0);
const ports = fc.constantFrom<readonly (string | number)[]>([80], [53, '79:443'], ['1:65535'], [8080]);

/** What is denied is no range: the addresses of pods are not known. */
function rule(direction: 'Ingress' | 'Egress', actions: readonly string[]): fc.Arbitrary<CalicoRule> {
  return fc
    .record({
      action: fc.constantFrom(...actions),
      who: fc.option(fc.oneof(pods, nets)),
      where: fc.option(fc.record({ protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'), ports: fc.option(ports) })),
    })
    .filter(({ action, who }) => action === 'Allow' || who === null || !('nets' in who))
    .map(({ action, who, where }): CalicoRule => {
      const destination = where === null || where.ports === null ? {} : { ports: where.ports };
      const entities =
        direction === 'Ingress'
          ? { ...(who === null ? {} : { source: who }), destination }
          : { destination: { ...who, ...destination } };
      return { action, ...(where === null ? {} : { protocol: where.protocol }), ...entities };
    });
}

/** Policies whose rules have these actions, in these tiers. */
export function arbitraryCalico(actions: readonly string[], tiers: readonly string[]): fc.Arbitrary<CalicoObject> {
  return fc
    .record({
      place: fc.option(fc.constantFrom(...NAMESPACES)),
      spec: fc.record(
        {
          tier: fc.constantFrom(...tiers),
          order: fc.double({ min: 1, max: 2000, noNaN: true }),
          selector,
          types: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress'), { minLength: 1 }),
          ingress: fc.array(rule('Ingress', actions), { maxLength: 3 }),
          egress: fc.array(rule('Egress', actions), { maxLength: 3 }),
        },
        { requiredKeys: ['order', 'selector', 'types'] },
      ),
      namespaceSelector: fc.option(ofNamespaces),
    })
    .map(({ place, spec, namespaceSelector }): CalicoObject => {
      const metadata = { name: `policy-${spec.order}` };
      if (place !== null) {
        return { ...TYPE, kind: 'NetworkPolicy', metadata: { ...metadata, namespace: place }, spec };
      }
      const wide = namespaceSelector === null ? spec : { ...spec, namespaceSelector };
      return { ...TYPE, kind: 'GlobalNetworkPolicy', metadata, spec: wide };
    });
}

const TYPE = { apiVersion: 'projectcalico.org/v3' } as const;
