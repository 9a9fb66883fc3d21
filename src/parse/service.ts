import type { Endpoints, Service, ServicePort } from '../model/service.ts';
import { type Fields, mapping, mappings, oneOf, portNumber, portOrName, string, stringMap, strings } from './fields.ts';
import { protocolOf } from './pod-template.ts';
import { readOnce } from './read-once.ts';
import type { ReadObject } from './resource.ts';
import { selectorOfLabels } from './workload.ts';

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;

/** Reads a v1 Service. `namespace` is its namespace for matching. */
export function readService({ resource, fields }: ReadObject, namespace: string): Service {
  const spec = mapping(fields, 'spec');
  return { resource, namespace, ...(spec === undefined ? EMPTY : readSpec(spec)) };
}

type Spec = Omit<Service, 'resource' | 'namespace'>;

const readSpec = readOnce((spec: Fields): Spec => {
  const labels = stringMap(spec, 'selector');
  const selected = Object.keys(labels).length > 0;
  return {
    selector: selected ? selectorOfLabels(labels) : undefined,
    selectorLabels: selected ? labels : undefined,
    ports: servicePorts(spec),
    type: (spec.value['type'] === '' ? undefined : oneOf(spec, 'type', TYPES)) ?? 'ClusterIP',
    headless: spec.value['clusterIP'] === 'None',
    externalName: string(spec, 'externalName'),
    externalTrafficPolicyLocal: spec.value['externalTrafficPolicy'] === 'Local',
  };
});

/** Reads a discovery.k8s.io EndpointSlice; undefined where it names no Service. */
export function readEndpointSlice({ resource, fields }: ReadObject, namespace: string): Endpoints | undefined {
  const service = resource.labels['kubernetes.io/service-name'];
  if (service === undefined) return undefined;
  const addresses = mappings(fields, 'endpoints').flatMap((endpoint) => strings(endpoint, 'addresses'));
  return { resource, namespace, service, addresses, ports: endpointPorts(fields) };
}

/** Reads a v1 Endpoints object: one entry for each subset. */
export function readEndpoints({ resource, fields }: ReadObject, namespace: string): Endpoints[] {
  return mappings(fields, 'subsets').map((subset) => ({
    resource,
    namespace,
    service: resource.name,
    addresses: ['addresses', 'notReadyAddresses'].flatMap((key) =>
      mappings(subset, key).flatMap((address) => string(address, 'ip') ?? []),
    ),
    ports: endpointPorts(subset),
  }));
}

const EMPTY: Spec = {
  selector: undefined,
  selectorLabels: undefined,
  ports: [],
  type: 'ClusterIP',
  headless: false,
  externalName: undefined,
  externalTrafficPolicyLocal: false,
};

function servicePorts(spec: Fields): ServicePort[] {
  const ports: ServicePort[] = [];
  for (const entry of mappings(spec, 'ports')) {
    const port = portNumber(entry, 'port');
    if (port === undefined) continue;
    ports.push({
      name: string(entry, 'name') || undefined,
      port,
      targetPort: targetPortOf(entry) ?? port,
      protocol: protocolOf(entry),
      appProtocol: string(entry, 'appProtocol'),
    });
  }
  return ports;
}

/** The API defaults 0 and '' as it does an absent one. */
function targetPortOf(entry: Fields): number | string | undefined {
  const written = entry.value['targetPort'];
  return written === 0 || written === '' ? undefined : portOrName(entry, 'targetPort');
}

function endpointPorts(fields: Fields): Endpoints['ports'] {
  return mappings(fields, 'ports').flatMap((entry) => {
    const port = portNumber(entry, 'port');
    return port === undefined ? [] : [{ name: string(entry, 'name') || undefined, port, protocol: protocolOf(entry) }];
  });
}
