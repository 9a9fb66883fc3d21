import type { End } from '../model/end.ts';
import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import type { ProbeClient, ProbeObject, ProbeTarget } from '../model/probe.ts';
import type { StringMap } from '../model/resource.ts';
import { areLabels, isLabelKey, isLabelValue, isNamespaceName } from './valid-names.ts';

/** Labels that controllers set on single pods: a client that had them might be counted as one of theirs. */
const OF_ONE_POD: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'controller-revision-hash',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

/** What keeps an end from being tried. */
export interface Unfit {
  readonly why: string;
}

/** The pod that connects in the name of an end. */
export function clientOf(end: End): ProbeClient | Unfit {
  const { endpoint, name, kind } = end;
  if (endpoint.kind !== 'pod') return kind === 'host' ? HOST : { why: 'nothing there can be told to connect' };
  const unfit = unfitPlace(end);
  if (unfit !== undefined) return unfit;
  const labels = withoutPodLabels(endpoint.labels);
  if (!areLabels(labels)) return { why: 'the API takes no such labels' };
  return { name, namespace: endpoint.namespace, labels, object: objectOf(end) };
}

/** The pods that an end stands for, as they are found in a cluster. */
export function targetOf(end: End): ProbeTarget | Unfit {
  const { endpoint, name, kind, workloads } = end;
  if (endpoint.kind !== 'pod') return kind === 'host' ? HOST : { why: 'nothing there can be told to listen' };
  const unfit = unfitPlace(end);
  if (unfit !== undefined) return unfit;
  const [workload] = workloads;
  const selector = (workload?.selector ?? selectorFor(endpoint.labels)).filter(({ key }) => !OF_ONE_POD.has(key));
  if (selector.length === 0) return { why: 'no label finds their pods' };
  if (!selector.every(isSelectable)) return { why: 'the API takes no such labels' };
  return { name, namespace: endpoint.namespace, selector, object: objectOf(end) };
}

const HOST: Unfit = { why: 'on the network of their node, where no policy binds them' };

function unfitPlace({ endpoint }: End): Unfit | undefined {
  if (endpoint.kind !== 'pod' || isNamespaceName(endpoint.namespace)) return undefined;
  return endpoint.namespace === ''
    ? { why: 'in no namespace: --namespace names it' }
    : { why: 'the input does not name their namespace' };
}

function withoutPodLabels(labels: StringMap): StringMap {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !OF_ONE_POD.has(key)));
}

/** Pods that only policies name have the labels that these ask for; a value that none says is any. */
function selectorFor(labels: StringMap): LabelSelector {
  return Object.entries(labels).map(([key, value]) =>
    isLabelValue(value) ? { key, operator: 'In', values: [value] } : { key, operator: 'Exists', values: [] },
  );
}

function isSelectable({ key, values }: Requirement): boolean {
  return isLabelKey(key) && values.every(isLabelValue);
}

function objectOf({ workloads: [workload] }: End): ProbeObject | undefined {
  if (workload?.origin !== 'template') return undefined;
  const { kind, name } = workload.resource;
  return { kind, name };
}

/** Takes only what an object of these kinds makes; undefined: anything. */
export function ofKinds<Fit extends ProbeClient | ProbeTarget>(
  kinds: readonly string[] | undefined,
  fitOf: (end: End) => Fit | Unfit,
): (end: End) => Fit | Unfit {
  if (kinds === undefined) return fitOf;
  const why = `since only pods of ${kinds.join(', ')} can be named`;
  return (end) => {
    const fit = fitOf(end);
    return 'why' in fit || kinds.includes(fit.object?.kind ?? '') ? fit : { why };
  };
}
