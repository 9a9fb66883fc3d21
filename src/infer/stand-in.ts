import type { Config, PodsEntry } from '../model/config.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { ContainerPort } from '../model/port.ts';
import { type StringMap, unwrittenResource } from '../model/resource.ts';
import type { Endpoints, Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { type LabelIndex, selectWorkloads } from './label-index.ts';

/** The label that tells the pods of a StatefulSet apart; no template has it. */
const POD_NAME = 'statefulset.kubernetes.io/pod-name';

/** The workload of an entry of the config's `pods`: pods that an operator makes. */
export function podsEntryWorkload(entry: PodsEntry, config: Config): Workload {
  return {
    ...COMMON,
    origin: 'config',
    resource: unwrittenResource('Pod', entry.name, entry.namespace),
    namespace: entry.namespace ?? config.namespace ?? '',
    labels: certainLabels(entry.podSelector),
    selector: entry.podSelector,
    ports: entry.ports,
    serviceAccount: entry.serviceAccount,
  };
}

/**
 * The workload of a Service that no template of the input is behind: its pods are rendered elsewhere, or they are
 * single pods of a StatefulSet, whose template lends its labels and ports.
 */
export function serviceWorkload(service: Service, selector: LabelSelector, templates: LabelIndex): Workload {
  const template = statefulSetOf(service, selector, templates);
  return {
    ...COMMON,
    origin: 'service',
    resource: service.resource,
    namespace: service.namespace,
    labels: { ...template?.labels, ...service.selectorLabels },
    selector,
    serviceAccount: template?.serviceAccount,
    ports: template?.ports ?? numericPorts(service),
  };
}

/** What listens at the addresses behind a selectorless Service. No selector finds it. */
export function workloadOfEndpoints({ resource, namespace }: Service, endpoints: readonly Endpoints[]): Workload {
  return {
    ...COMMON,
    origin: 'service',
    resource,
    namespace,
    labels: {},
    selector: [],
    ports: endpoints.flatMap(({ ports }) => ports),
  };
}

/** The StatefulSet whose pods a selector names one by one: `web-0` is a pod of `web`. */
function statefulSetOf(service: Service, selector: LabelSelector, templates: LabelIndex): Workload | undefined {
  const podName = service.selectorLabels?.[POD_NAME];
  if (podName === undefined) return undefined;
  const others = selector.filter(({ key }) => key !== POD_NAME);
  return selectWorkloads(templates, service.namespace, others).find(
    ({ resource }) => resource.kind === 'StatefulSet' && resource.name === podName.replace(/-[0-9]+$/, ''),
  );
}

const COMMON = {
  hostNetwork: false,
  podAnnotations: {},
  serviceAccount: undefined,
  probePorts: undefined,
  viaGateway: false,
  templateFrom: undefined,
  controller: undefined,
} as const;

/** Of pods that nobody describes, the ports that a Service names by number are all that is known. */
function numericPorts(service: Service): ContainerPort[] {
  return service.ports.flatMap(({ name, targetPort, protocol }) =>
    typeof targetPort === 'number' ? [{ name, port: targetPort, protocol }] : [],
  );
}

/** The labels that a selector leaves no choice about. */
export function certainLabels(selector: LabelSelector): StringMap {
  const certain = selector.flatMap(({ key, operator, values }) =>
    operator === 'In' && values.length === 1 ? [[key, values[0] ?? '']] : [],
  );
  return Object.fromEntries(certain);
}
