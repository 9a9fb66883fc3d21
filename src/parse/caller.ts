import type { Caller } from '../model/caller.ts';
import { isMapping } from './fields.ts';
import { readLabelSelector } from './label-selector.ts';
import { groupOf, type ReadObject } from './resource.ts';

/** A reference to a Service that was found in an object. */
interface Found {
  readonly name: unknown;
  readonly namespace: unknown;
  readonly field: string;
}

type FindCallers = (object: ReadObject, namespace: string) => Caller[];

/** Kinds that send traffic to Services, by `group/kind`. */
export const CALLER_KINDS: ReadonlyMap<string, FindCallers> = new Map([
  ['networking.k8s.io/Ingress', named(ingressBackends)],
  ['extensions/Ingress', named(ingressBackends)],
  ['gateway.networking.k8s.io/HTTPRoute', named(routeBackends)],
  ['gateway.networking.k8s.io/GRPCRoute', named(routeBackends)],
  ['gateway.networking.k8s.io/TCPRoute', named(routeBackends)],
  ['gateway.networking.k8s.io/TLSRoute', named(routeBackends)],
  ['route.openshift.io/Route', named(routeTarget)],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', named(webhookServices)],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', named(webhookServices)],
  ['apiregistration.k8s.io/APIService', named(apiService)],
  ['monitoring.coreos.com/ServiceMonitor', monitoredServices],
]);

/** Whether an object of this kind may be a caller. */
export function isCallerKind(apiVersion: string, kind: string): boolean {
  return CALLER_KINDS.has(`${groupOf(apiVersion)}/${kind}`);
}

/**
 * The Services that an object sends traffic to. These kinds are read only to warn, so what has another shape than
 * expected is passed over in silence.
 */
export function readCallers(object: ReadObject, namespace: string): Caller[] {
  const { apiVersion, kind } = object.resource;
  return CALLER_KINDS.get(`${groupOf(apiVersion)}/${kind}`)?.(object, namespace) ?? [];
}

function named(find: (spec: unknown, root: unknown) => Found[]): FindCallers {
  return (object, namespace) =>
    find(at(object.fields.value, 'spec'), object.fields.value).flatMap(({ name, namespace: other, field }) =>
      typeof name === 'string'
        ? [
            {
              resource: object.resource,
              namespace: typeof other === 'string' ? other : namespace,
              target: { service: name },
              field,
            },
          ]
        : [],
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
  return [...defaults, ...paths].map(([backend, field]) => ({
    name: at(at(backend, 'service'), 'name') ?? at(backend, 'serviceName'),
    namespace: undefined,
    field,
  }));
}

function routeBackends(spec: unknown): Found[] {
  return entries(spec, 'rules', 'spec').flatMap(([rule, field]) =>
    entries(rule, 'backendRefs', field)
      .filter(([backend]) => (at(backend, 'kind') ?? 'Service') === 'Service')
      .map(([backend, place]) => ({ name: at(backend, 'name'), namespace: at(backend, 'namespace'), field: place })),
  );
}

function routeTarget(spec: unknown): Found[] {
  return [{ name: at(at(spec, 'to'), 'name'), namespace: undefined, field: 'spec.to' }];
}

function webhookServices(_spec: unknown, root: unknown): Found[] {
  return entries(root, 'webhooks', '').map(([webhook, field]) => {
    const service = at(at(webhook, 'clientConfig'), 'service');
    return { name: at(service, 'name'), namespace: at(service, 'namespace'), field: `${field}.clientConfig.service` };
  });
}

function apiService(spec: unknown): Found[] {
  const service = at(spec, 'service');
  return [{ name: at(service, 'name'), namespace: at(service, 'namespace'), field: 'spec.service' }];
}

function monitoredServices(object: ReadObject, namespace: string): Caller[] {
  const spec = at(object.fields.value, 'spec');
  if (!isMapping(spec)) return [];
  const selector = readLabelSelector({ ...object.fields, path: 'spec', value: spec, report: () => {} }, 'selector');
  if (selector === undefined) return [];
  return monitoredNamespaces(at(spec, 'namespaceSelector'), namespace).map((watched) => ({
    resource: object.resource,
    namespace: watched,
    target: { selector },
    field: 'spec.selector',
  }));
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
