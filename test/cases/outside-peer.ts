import type { Requirement } from '../../src/model/label-selector.ts';
import type { Cluster } from './cluster.ts';
import type { OutsidePeer } from './edges.ts';

/** A selector as the config takes it. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface AliasSelectors {
  readonly namespaceSelector?: Selector;
  readonly podSelector: Selector;
}

type PodsPeer = Extract<OutsidePeer, { kind: 'pods' }>;

/** Prints peers from outside the input, with an alias for those that the lists' grammar has no word for. */
export class Aliases {
  readonly #taken: ReadonlySet<string>;
  readonly #byName = new Map<string, AliasSelectors>();

  constructor(cluster: Cluster) {
    this.#taken = new Set([...cluster.workloads.values(), ...cluster.services].map(({ name }) => name));
  }

  /** The peer of an item. */
  print(peer: OutsidePeer): string {
    switch (peer.kind) {
      case 'any':
        return 'anywhere';
      case 'cidr':
        return [peer.cidr, ...peer.except].join('!');
      case 'pods':
        return plainPeer(peer) ?? this.#aliasFor(peer);
    }
  }

  /** The config's `peers`. */
  selectors(): Readonly<Record<string, AliasSelectors>> {
    return Object.fromEntries(this.#byName);
  }

  #aliasFor(peer: PodsPeer): string {
    const words = [...(peer.namespaces ?? []), ...peer.pods].flatMap(({ key, operator, values }) =>
      operator === 'In' ? values : [key.replace(/^.*\//, ''), operator],
    );
    const base = words
      .join('-')
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-');
    const name = this.#taken.has(base) ? `outside-${base}` : base;
    this.#byName.set(name, selectorsOf(peer));
    return name;
  }
}

/** A selector in the API's form. */
export function selectorOf(requirements: readonly Requirement[]): Selector {
  const labels = requirements.filter((requirement) => singleValue(requirement) !== undefined);
  const others = requirements.filter((requirement) => singleValue(requirement) === undefined);
  return {
    ...(labels.length === 0
      ? {}
      : { matchLabels: Object.fromEntries(labels.map(({ key, values }) => [key, values[0] ?? ''])) }),
    ...(others.length === 0
      ? {}
      : {
          matchExpressions: others.map(({ key, operator, values }) => ({
            key,
            operator,
            ...(values.length === 0 ? {} : { values }),
          })),
        }),
  };
}

/** The selectors of a peer, for the config. */
export function selectorsOf(peer: PodsPeer): AliasSelectors {
  return {
    ...(peer.namespaces === undefined ? {} : { namespaceSelector: selectorOf(peer.namespaces) }),
    podSelector: selectorOf(peer.pods),
  };
}

/** The grammar knows one namespace by its name, every namespace, the own one, and pods by single label values. */
function plainPeer({ namespaces, pods }: PodsPeer): string | undefined {
  const labels = pods.map((requirement) => [requirement.key, singleValue(requirement)] as const);
  if (labels.some(([, value]) => value === undefined)) return undefined;
  const where = namespaceWord(namespaces);
  if (where === undefined) return undefined;
  if (labels.length === 0) return where === '' ? 'namespace' : where === '*/' ? 'cluster' : `${where}*`;
  return where + labels.map(([key, value]) => `${key}=${value}`).join('&');
}

function namespaceWord(namespaces: readonly Requirement[] | undefined): string | undefined {
  if (namespaces === undefined) return '';
  const [first, second] = namespaces;
  if (first === undefined) return '*/';
  const isName = first.key === 'kubernetes.io/metadata.name' && second === undefined;
  const name = singleValue(first);
  return isName && name !== undefined ? `${name}/` : undefined;
}

function singleValue({ operator, values }: Requirement): string | undefined {
  return operator === 'In' && values.length === 1 ? values[0] : undefined;
}
