import { DIALECT_FACTS } from '../../model/dialect.ts';
import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import { NAMESPACE_NAME } from '../../policy/selector.ts';
import type { Fields } from '../fields.ts';
import { readLabelSelector } from '../label-selector.ts';

/** What a selector over Cilium's labels asks, told apart by what has the label. */
export interface EndpointSelector {
  readonly pod: LabelSelector;
  /** undefined: it names no namespace. */
  readonly namespace: LabelSelector | undefined;
  /** Entities that are no pods: `reserved:host`. */
  readonly reserved: readonly Requirement[];
  /** Labels of which the input says nothing, the cluster's name and service accounts, and those that Cilium leaves out. */
  readonly unknown: readonly Requirement[];
}

/** Reads a selector at `key`; undefined where there is none. */
export function readEndpointSelector(fields: Fields, key: string): EndpointSelector | undefined {
  const selector = readLabelSelector(fields, key);
  return selector && tellApart(selector);
}

function tellApart(selector: LabelSelector): EndpointSelector {
  const kinds = selector.map(kindOf);
  const of = (wanted: Kind['of']): readonly Requirement[] =>
    kinds.flatMap((kind) => (kind.of === wanted ? [kind.requirement] : []));
  const namesNamespace = kinds.some((kind) => kind.of === 'namespace');
  return {
    pod: of('pod'),
    // Every pod has a namespace, also one whose name the input does not say.
    namespace: namesNamespace ? of('namespace').filter((one) => !isAnyNamespace(one)) : undefined,
    reserved: of('reserved'),
    unknown: of('unknown'),
  };
}

interface Kind {
  readonly of: 'pod' | 'namespace' | 'reserved' | 'unknown';
  readonly requirement: Requirement;
}

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';
/** What else Cilium puts on an endpoint. */
const NOT_IN_MANIFESTS = /^io\.cilium\.k8s\.policy\.(cluster|serviceaccount)$/;

function kindOf(requirement: Requirement): Kind {
  const [, source = '', key = ''] = /^(?:([^:]*):)?(.*)$/s.exec(requirement.key) ?? [];
  const renamed = (name: string): Requirement => ({ ...requirement, key: name });
  if (source === 'reserved') return { of: 'reserved', requirement: renamed(key) };
  if (!['', 'k8s', 'any'].includes(source) || NOT_IN_MANIFESTS.test(key)) return { of: 'unknown', requirement };
  if (key === NAMESPACE) return { of: 'namespace', requirement: renamed(NAMESPACE_NAME) };
  if (key.startsWith(NAMESPACE_LABELS)) {
    return { of: 'namespace', requirement: renamed(key.slice(NAMESPACE_LABELS.length)) };
  }
  return DIALECT_FACTS.cilium.unseenLabels?.test(key)
    ? { of: 'unknown', requirement: renamed(key) }
    : { of: 'pod', requirement: renamed(key) };
}

/** Why nothing can be said of pods that are asked for by a label. */
export function whyUnknown({ key }: Requirement): string {
  return DIALECT_FACTS.cilium.unseenLabels?.test(key)
    ? `asks for the label "${key}", which Cilium leaves out unless it is told otherwise`
    : `asks for the label "${key}", of which these resources say nothing`;
}

function isAnyNamespace({ key, operator }: Requirement): boolean {
  return key === NAMESPACE_NAME && operator === 'Exists';
}
