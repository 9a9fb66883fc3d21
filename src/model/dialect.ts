/** The APIs whose policies Postern writes. */
export type DialectName = 'kubernetes' | 'cilium' | 'calico';

/** What some dialects can say and plain NetworkPolicy cannot. */
export type DialectWord = 'hosts' | 'entities' | 'nodes' | 'services' | 'http' | 'observe';

/** How an API lets its policies be called. */
export interface NameRules {
  readonly longest: number;
  readonly dots: boolean;
}

/** A dialect as the rooms before it see it. */
export interface DialectFacts {
  /** Of the policies that it writes for namespaces and workloads. */
  readonly group: string;
  /** In each mode; several where one cannot say all. */
  readonly kinds: Readonly<Record<'enforce' | 'observe', readonly string[]>>;
  readonly says: readonly DialectWord[];
  readonly names: NameRules;
  /** Keys of pods' labels that its agents leave out unless they are told otherwise; undefined: none. */
  readonly unseenLabels?: RegExp;
}

const ANY_NAME: NameRules = { longest: 253, dots: true };

/** Beginnings of keys: labels that would make an identity of each single pod, and those of Kubernetes itself. */
const UNSEEN_BY_CILIUM =
  /^(io\.kubernetes|kubernetes\.io|.*beta\.kubernetes\.io|topology\.kubernetes\.io|k8s\.io|pod-template-(generation|hash)|controller-(revision-hash|uid)|annotation|etcd_node|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(job-completion-index|controller-uid))/;

/** What each dialect writes, and what it can say. */
export const DIALECT_FACTS: Readonly<Record<DialectName, DialectFacts>> = {
  kubernetes: {
    group: 'networking.k8s.io',
    kinds: { enforce: ['NetworkPolicy'], observe: [] },
    says: [],
    names: ANY_NAME,
  },
  cilium: {
    group: 'cilium.io',
    kinds: { enforce: ['CiliumNetworkPolicy'], observe: ['CiliumNetworkPolicy'] },
    says: ['hosts', 'entities', 'nodes', 'http', 'observe'],
    names: ANY_NAME,
    unseenLabels: UNSEEN_BY_CILIUM,
  },
  calico: {
    group: 'projectcalico.org',
    kinds: { enforce: ['NetworkPolicy'], observe: ['StagedKubernetesNetworkPolicy', 'StagedNetworkPolicy'] },
    says: ['services', 'observe'],
    // What stands before a dot is the name of a tier, and Calico adds that where it is missing.
    names: { longest: 230, dots: false },
  },
};

/** All names, for messages. */
export const DIALECT_NAMES: readonly DialectName[] = Object.keys(DIALECT_FACTS) as DialectName[];

/** Whether a dialect can say something. */
export function says(name: DialectName, word: DialectWord): boolean {
  return DIALECT_FACTS[name].says.includes(word);
}

/** The dialects that can say something: what an error about one that cannot has to name. */
export function dialectsThatSay(word: DialectWord): readonly DialectName[] {
  return DIALECT_NAMES.filter((name) => says(name, word));
}
