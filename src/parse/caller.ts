import type { Caller, CallerSource } from '../model/caller.ts';
import { groupKindOf } from '../model/group-kind.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import { fieldsOf, isMapping } from './fields.ts';
import { readLabelSelector } from './label-selector.ts';
import type { ReadObject } from './resource.ts';

/** A reference to a Service that was found in an object. */
interface Found {
  readonly name: unknown;
  readonly namespace?: unknown;
  readonly field: string;
  /** A number or a name of the Service's ports. */
  readonly port?: unknown;
  /** The same of the pods' ports. */
  readonly podPort?: unknown;
}

type FindCallers = (object: ReadObject, namespace: string) => Caller[];

/** Kinds that send traffic to Services, by `group/kind`. */
export const CALLER_KINDS: ReadonlyMap<string, FindCallers> = new Map([
  ['networking.k8s.io/Ingress', named(ingressBackends, ingressClass)],
  ['extensions/Ingress', named(ingressBackends, ingressClass)],
  ['gateway.networking.k8s.io/HTTPRoute', named(routeBackends, gatewaysOf)],
  ['gateway.networking.k8s.io/GRPCRoute', named(routeBackends, gatewaysOf)],
  ['gateway.networking.k8s.io/TCPRoute', named(routeBackends, gatewaysOf)],
  ['gateway.networking.k8s.io/TLSRoute', named(routeBackends, gatewaysOf)],
  ['gateway.networking.k8s.io/UDPRoute', named(routeBackends, gatewaysOf)],
  ['route.openshift.io/Route', named(routeTargets, () => ({ kind: 'openshift-router' }))],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', named(webhookServices, apiServer)],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', named(webhookServices, apiServer)],
  ['apiregistration.k8s.io/APIService', named(apiService, apiServer)],
  ['monitoring.coreos.com/ServiceMonitor', monitored('endpoints', (selector) => ({ selector }))],
  ['monitoring.coreos.com/PodMonitor', monitored('podMetricsEndpoints', (pods) => ({ pods }))],
]);

/** Whether an object of this kind may be a caller. */
export function isCallerKind(apiVersion: string, kind: string): boolean {
  return CALLER_KINDS.has(groupKindOf({ apiVersion, kind }));
}

/**
 * The Services that an object sends traffic to. These kinds are read only to warn, so what has another shape than
 * expected is passed over in silence.
 */
export function readCallers(object: ReadObject, namespace: string): Caller[] {
  const { apiVersion, kind } = object.resource;
  return CALLER_KINDS.get(groupKindOf({ apiVersion, kind }))?.(object, namespace) ?? [];
}

type FindSource = (object: ReadObject, namespace: string) => CallerSource;

function named(find: (spec: unknown, root: unknown) => Found[], sourceOf: FindSource): FindCallers {
  return (object, namespace) => {
    const from = sourceOf(object, namespace);
    return find(at(object.fields.value, 'spec'), object.fields.value).flatMap((found) =>
      typeof found.name === 'string'
        ? [
            {
              resource: object.resource,
              namespace: typeof found.namespace === 'string' ? found.namespace : namespace,
              target: { service: found.name },
              field: found.field,
              ports: portsOf(found),
              from,
            },
          ]
        : [],
    );
  };
}

function portsOf({ port, podPort }: Pick<Found, 'port' | 'podPort'>): Caller['ports'] {
  const ports = [
    { of: 'service' as const, port },
    { of: 'pods' as const, port: podPort },
  ];
  return ports.flatMap(({ of, port: written }) =>
    typeof written === 'number' || (typeof written === 'string' && written !== '') ? [{ of, port: written }] : [],
  );
}

function ingressBackends(spec: unknown): Found[] {
  const paths = entries(spec, 'rules', 'spec').flatMap(([rule, field]) =>
    entries(at(rule, 'http'), 'paths', `${field}.http`).map(([path, place]): [unknown, string] => [
      at(path, 'backend'),
      `${place}.backend`,
    ]),
  );
  const defaults: [unknown, string][] = [
    [at(spec, 'defaultBackend'), 'spec.defaultBackend'],
    [at(spec, 'backend'), 'spec.backend'],
  ];
  return [...defaults, ...paths].map(([backend, field]) => {
    const service = at(backend, 'service');
    const port = at(service, 'port');
    return {
      name: at(service, 'name') ?? at(backend, 'serviceName'),
      field,
      port: at(port, 'number') ?? at(port, 'name') ?? at(backend, 'servicePort'),
    };
  });
}

function ingressClass({ fields, resource }: ReadObject): CallerSource {
  const written = at(at(fields.value, 'spec'), 'ingressClassName');
  const annotated = resource.annotations['kubernetes.io/ingress.class'];
  return { kind: 'ingress-controller', className: typeof written === 'string' ? written : annotated };
}

function routeBackends(spec: unknown): Found[] {
  return entries(spec, 'rules', 'spec').flatMap(([rule, field]) => {
    const mirrors = entries(rule, 'filters', field).map(([filter, place]): [unknown, string] => [
      at(at(filter, 'requestMirror'), 'backendRef'),
      `${place}.requestMirror.backendRef`,
    ]);
    return [...entries(rule, 'backendRefs', field), ...mirrors]
      .filter(([backend]) => (at(backend, 'kind') ?? 'Service') === 'Service')
      .map(([backend, place]) => ({
        name: at(backend, 'name'),
        namespace: at(backend, 'namespace'),
        field: place,
        port: at(backend, 'port'),
      }));
  });
}

/** A parent of another kind is no Gateway: a Service stands for a mesh. */
function gatewaysOf({ fields }: ReadObject, namespace: string): CallerSource {
  const gateways = entries(at(fields.value, 'spec'), 'parentRefs', 'spec').flatMap(([parent]) => {
    const name = at(parent, 'name');
    const other = at(parent, 'namespace');
    if (typeof name !== 'string' || (at(parent, 'kind') ?? 'Gateway') !== 'Gateway') return [];
    return [{ name, namespace: typeof other === 'string' ? other : namespace }];
  });
  return { kind: 'gateways', gateways };
}

/** Without a port, an OpenShift Route leads to every port of the endpoints. */
function routeTargets(spec: unknown): Found[] {
  const target = at(at(spec, 'port'), 'targetPort');
  const port = typeof target === 'number' ? { podPort: target } : { port: target };
  const targets: [unknown, string][] = [[at(spec, 'to'), 'spec.to'], ...entries(spec, 'alternateBackends', 'spec')];
  return targets.map(([to, field]) => ({ name: at(to, 'name'), field, ...port }));
}

/** The API defaults the port of a webhook and of an APIService to 443. */
function webhookServices(_spec: unknown, root: unknown): Found[] {
  return entries(root, 'webhooks', '').map(([webhook, field]) =>
    serviceReference(at(at(webhook, 'clientConfig'), 'service'), `${field}.clientConfig.service`),
  );
}

function apiService(spec: unknown): Found[] {
  return [serviceReference(at(spec, 'service'), 'spec.service')];
}

function serviceReference(service: unknown, field: string): Found {
  return { name: at(service, 'name'), namespace: at(service, 'namespace'), field, port: at(service, 'port') ?? 443 };
}

function apiServer(): CallerSource {
  return { kind: 'api-server' };
}

function monitored(endpoints: string, targetOf: (selector: LabelSelector) => Caller['target']): FindCallers {
  return (object, namespace) => {
    const spec = at(object.fields.value, 'spec');
    if (!isMapping(spec)) return [];
    const selector = readLabelSelector(
      fieldsOf(spec, object.fields.place, () => {}),
      'selector',
    );
    if (selector === undefined) return [];
    const target = targetOf(selector);
    // Names are those of the Service's ports in a ServiceMonitor, and of the pods' in a PodMonitor.
    const isOfPods = 'pods' in target;
    const ports = entries(spec, endpoints, 'spec').flatMap(([endpoint]) => {
      const port = at(endpoint, 'port');
      const number = at(endpoint, 'targetPort') ?? at(endpoint, 'portNumber');
      return portsOf(isOfPods ? { podPort: port ?? number } : port === undefined ? { podPort: number } : { port });
    });
    return monitoredNamespaces(at(spec, 'namespaceSelector'), namespace).map((watched) => ({
      resource: object.resource,
      namespace: watched,
      target,
      field: 'spec.selector',
      ports,
      from: { kind: 'prometheus' },
    }));
  };
}

function monitoredNamespaces(selector: unknown, own: string): (string | undefined)[] {
  if (at(selector, 'any') === true) return [undefined];
  const names = at(selector, 'matchNames');
  const strings = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  return strings.length > 0 ? strings : [own];
}

function at(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}

/** The entries of a list with their paths. */
function entries(value: unknown, key: string, path: string): [unknown, string][] {
  const found = at(value, key);
  if (!Array.isArray(found)) return [];
  return found.map((entry, index) => [entry, `${path === '' ? '' : `${path}.`}${key}[${index}]`]);
}
