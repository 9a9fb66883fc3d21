import fc from 'fast-check';

/** A small cluster and everything that is declared in it, as data that both the input and the expectation come from. */
export interface Declared {
  readonly config: {
    readonly isolate: string | undefined;
    readonly trust: string;
    readonly always: string | undefined;
  };
  readonly namespaces: readonly DeclaredNamespace[];
  readonly workloads: readonly DeclaredWorkload[];
  readonly services: readonly DeclaredService[];
  readonly handWritten: readonly HandWritten[];
}

/** What annotations say. A list is its items; the item `none` stands alone. */
export interface Words {
  readonly allowFrom: readonly string[] | undefined;
  readonly allowTo: readonly string[] | undefined;
  readonly isolate: string | undefined;
  readonly trust: string | undefined;
  /** `dns: none` is said. */
  readonly noDns: boolean;
}

export interface DeclaredNamespace {
  readonly name: string;
  /** Its object is in the input. */
  readonly here: boolean;
  readonly words: Words;
}

export interface DeclaredWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly tier: string;
  /** The number of its port called http. */
  readonly http: number;
  readonly hasMetrics: boolean;
  readonly words: Words;
}

export interface DeclaredService {
  readonly namespace: string;
  readonly name: string;
  /** Selects one workload by its name, or all of a tier. */
  readonly selects: { readonly app: string } | { readonly tier: string };
  /** Its port is called web; 80 leads to the port of this name or number. */
  readonly target: string | number;
  readonly words: Words;
}

/** A policy that closes the ingress of a namespace, and lets in a tier of it. */
export interface HandWritten {
  readonly namespace: string;
  readonly tier: string;
}

const NAMESPACES = ['shop', 'billing', 'edge'];
const NAMES = ['web', 'cart', 'ledger'];
const TIERS = ['front', 'back'];

const often = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof(fc.constant(undefined), arbitrary);
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const isolate = fc.constantFrom('none', 'ingress', 'egress', 'both');
const trust = fc.constantFrom('either', 'namespace', 'own');
const objectName = fc.oneof(
  fc.constantFrom(...NAMES),
  fc
    .tuple(fc.constantFrom(...NAMESPACES), fc.constantFrom(...NAMES))
    .map(([namespace, name]) => `${namespace}/${name}`),
);
const serviceName = fc.constantFrom('all-front', 'all-back', 'web-service');
const SETS = ['namespace', 'cluster', 'anywhere', 'edge/*', 'tier=front', 'shop/tier=back', '*/app=web'];
const set = fc.constantFrom(...SETS);
const ports = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: fc.constantFrom(':http', ':8080', ':9090', ':80', ':metrics', ':web', ':http+9090', ':*') },
);
const item = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: objectName }, serviceName, { weight: 2, arbitrary: set }), ports)
  .map(([peer, port]) => peer + port);
const list = fc.oneof(
  { weight: 1, arbitrary: fc.constant(['none']) },
  { weight: 9, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) },
);
const words: fc.Arbitrary<Words> = fc.record({
  allowFrom: seldom(list),
  allowTo: seldom(list),
  isolate: seldom(isolate),
  trust: seldom(trust),
  noDns: fc.constantFrom(false, false, false, true),
});

const workload = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  name: fc.constantFrom(...NAMES),
  tier: fc.constantFrom(...TIERS),
  http: fc.constantFrom(8080, 3000),
  hasMetrics: fc.boolean(),
  words,
});

const service = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  selects: fc.oneof(fc.record({ app: fc.constantFrom(...NAMES) }), fc.record({ tier: fc.constantFrom(...TIERS) })),
  target: fc.constantFrom('http', 'metrics', 8080, 9090),
  suffix: fc.constantFrom('', '-service'),
  // A Service has no `isolate` and no `dns`.
  words: words.map((said) => ({ ...said, isolate: undefined, noDns: false })),
});

const idOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`;

const anyCluster: fc.Arbitrary<Declared> = fc.record({
  config: fc.record({ isolate: often(isolate), trust, always: seldom(set) }),
  namespaces: fc.tuple(...NAMESPACES.map((name) => fc.record({ name: fc.constant(name), here: fc.boolean(), words }))),
  workloads: fc.uniqueArray(workload, { minLength: 2, maxLength: 6, selector: idOf }),
  services: fc.uniqueArray(
    service.map(({ suffix, ...rest }) => ({
      ...rest,
      name: 'app' in rest.selects ? rest.selects.app + suffix : `all-${rest.selects.tier}`,
    })),
    { maxLength: 3, selector: idOf },
  ),
  handWritten: fc.array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), tier: fc.constantFrom(...TIERS) }), {
    maxLength: 1,
  }),
});

/** Whether a Service leads to a workload. */
export function isBehind(service: DeclaredService, { namespace, name, tier }: DeclaredWorkload): boolean {
  const { selects } = service;
  return service.namespace === namespace && ('app' in selects ? selects.app === name : selects.tier === tier);
}

/** Clusters of up to six workloads in three namespaces, whose lists and Services are about objects that are there. */
export const declared: fc.Arbitrary<Declared> = anyCluster.map((cluster) => {
  const { namespaces, workloads } = cluster;
  const services = cluster.services.filter((service) => workloads.some((workload) => isBehind(service, workload)));
  const objects = new Set([...workloads, ...services].map(idOf));
  const isThere = (namespace: string, text: string): boolean => {
    const peer = text.split(':')[0] ?? '';
    return SETS.includes(peer) || peer === 'none' || objects.has(peer.includes('/') ? peer : `${namespace}/${peer}`);
  };
  const mend = <Object extends { readonly words: Words }>(object: Object, namespace: string): Object => {
    const { allowFrom, allowTo } = object.words;
    const known = (items: readonly string[] | undefined): readonly string[] | undefined => {
      const left = items?.filter((text) => isThere(namespace, text)) ?? [];
      return left.length === 0 ? undefined : left;
    };
    return { ...object, words: { ...object.words, allowFrom: known(allowFrom), allowTo: known(allowTo) } };
  };
  return {
    ...cluster,
    namespaces: namespaces.map((object) => mend(object, object.name)),
    workloads: workloads.map((object) => mend(object, object.namespace)),
    services: services.map((object) => mend(object, object.namespace)),
  };
});
