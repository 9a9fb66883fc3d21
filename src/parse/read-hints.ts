import type { Caller } from '../model/caller.ts';
import type { Config } from '../model/config.ts';
import { groupKindOf } from '../model/group-kind.ts';
import type { InputItem } from '../model/input.ts';
import type { PodHints } from '../model/pod-text.ts';
import type { Resource } from '../model/resource.ts';
import type { Resources } from '../model/resources.ts';
import type { Workload } from '../model/workload.ts';
import { at, list } from './container-texts.ts';
import { isMapping } from './fields.ts';
import { type ReadsKind, readObjects } from './objects.ts';
import { readPodHints } from './pod-hints.ts';
import { podSourcesOf } from './read-resources.ts';
import type { ReadObject } from './resource.ts';

/** What the manifests say of traffic, beside what policies need. */
export interface Hints {
  readonly pods: ReadonlyMap<Workload, PodHints>;
  /** Webhooks of CustomResourceDefinitions, which the API server calls. */
  readonly callers: readonly Caller[];
  /** ServiceAccounts that a RoleBinding or a ClusterRoleBinding names, as `namespace/name`, and the first that does. */
  readonly bound: ReadonlyMap<string, Resource>;
  /** Gateways that Cilium serves, as `namespace/name`: its proxy is a part of the agent, so they have no pods. */
  readonly ciliumGateways: ReadonlySet<string>;
  /** Objects of which an operator makes pods whose templates are not in the input, and the namespace of those pods. */
  readonly makers: readonly { readonly resource: Resource; readonly namespace: string }[];
}

const CONFIG_MAP = '/ConfigMap';
const BINDINGS: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]);
const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';
const GATEWAY_CLASS = 'gateway.networking.k8s.io/GatewayClass';
const MAKERS: ReadonlySet<string> = new Set([
  'helm.toolkit.fluxcd.io/HelmRelease',
  'postgresql.cnpg.io/Cluster',
  'kafka.strimzi.io/Kafka',
]);
const READ: ReadonlySet<string> = new Set([CONFIG_MAP, ...BINDINGS, DEFINITION, GATEWAY, GATEWAY_CLASS, ...MAKERS]);

/** Reads the further objects that a plan needs. What has another shape than the API wants is passed over. */
export function readHints(
  items: readonly InputItem[],
  resources: Resources,
  objects: readonly ReadObject[],
  config: Config,
): Hints {
  const reads: ReadsKind = (apiVersion, kind) => READ.has(groupKindOf({ apiVersion, kind }));
  const found = items.filter(mayTell).flatMap((item) => readObjects(item, reads, '\0', () => {}));
  const kindOf = ({ resource }: ReadObject): string => groupKindOf(resource);
  const namespaceOf = (resource: Resource): string => resource.namespace ?? config.namespace ?? '';
  const configMaps = new Map(
    found
      .filter((object) => kindOf(object) === CONFIG_MAP)
      .map(({ resource, fields }) => [`${namespaceOf(resource)}/${resource.name}`, textsOf(fields.value['data'])]),
  );
  const objectOf = new Map(objects.map((object) => [object.resource, object]));
  const podSources = podSourcesOf(config);
  const pods = resources.workloads.map((workload): [Workload, PodHints] => {
    const { namespace } = workload;
    const object = objectOf.get(workload.templateFrom ?? workload.resource);
    const path = object === undefined ? [] : (podSources(kindOf(object))?.template ?? []);
    const template = path.reduce<unknown>((value, key) => at(value, key), object?.fields.value);
    const configMap = (name: string) => configMaps.get(`${namespace}/${name}`);
    return [workload, { ...readPodHints(template, { namespace, configMap }), isSingle: isSingle(object) }];
  });
  return {
    pods: new Map(pods),
    callers: found.filter((object) => kindOf(object) === DEFINITION).flatMap(conversionWebhook),
    bound: boundAccounts(
      found.filter((object) => BINDINGS.has(kindOf(object))),
      namespaceOf,
    ),
    ciliumGateways: gatewaysOfCilium(
      found.filter((object) => kindOf(object) === GATEWAY),
      found.filter((object) => kindOf(object) === GATEWAY_CLASS),
      namespaceOf,
    ),
    makers: found
      .filter((object) => MAKERS.has(kindOf(object)))
      .map(({ resource, fields }) => {
        // A HelmRelease may put its chart elsewhere.
        const target = at(at(fields.value, 'spec'), 'targetNamespace');
        return { resource, namespace: typeof target === 'string' ? target : namespaceOf(resource) };
      }),
  };
}

/** One pod at a time: a StatefulSet, or another of its like, with one replica, which is the API's default. */
function isSingle(object: ReadObject | undefined): boolean {
  const replicas = at(at(object?.fields.value, 'spec'), 'replicas');
  return object?.resource.kind === 'Pod' || (object?.resource.kind !== 'DaemonSet' && (replicas ?? 1) === 1);
}

/** Definitions are long; only those with a webhook tell something. */
function mayTell({ kind, text }: InputItem): boolean {
  return kind !== 'CustomResourceDefinition' || text.includes('clientConfig');
}

function textsOf(data: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(isMapping(data) ? data : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function conversionWebhook({ resource, fields }: ReadObject): Caller[] {
  const webhook = at(at(at(fields.value, 'spec'), 'conversion'), 'webhook');
  const service = at(at(webhook, 'clientConfig'), 'service');
  const [name, namespace, port] = [at(service, 'name'), at(service, 'namespace'), at(service, 'port') ?? 443];
  if (typeof name !== 'string' || typeof namespace !== 'string' || typeof port !== 'number') return [];
  const field = 'spec.conversion.webhook.clientConfig.service';
  return [
    {
      resource,
      namespace,
      target: { service: name },
      field,
      ports: [{ of: 'service', port }],
      from: { kind: 'api-server' },
    },
  ];
}

function boundAccounts(
  bindings: readonly ReadObject[],
  namespaceOf: (resource: Resource) => string,
): Map<string, Resource> {
  const bound = new Map<string, Resource>();
  for (const { resource, fields } of bindings) {
    for (const subject of list(fields.value['subjects'])) {
      const [kind, name, namespace] = [at(subject, 'kind'), at(subject, 'name'), at(subject, 'namespace')];
      if (kind !== 'ServiceAccount' || typeof name !== 'string') continue;
      const key = `${typeof namespace === 'string' ? namespace : namespaceOf(resource)}/${name}`;
      if (!bound.has(key)) bound.set(key, resource);
    }
  }
  return bound;
}

/** By the controller of their class; Cilium makes a class of its own name, which need not be in the input. */
function gatewaysOfCilium(
  gateways: readonly ReadObject[],
  classes: readonly ReadObject[],
  namespaceOf: (resource: Resource) => string,
): Set<string> {
  const controllers = new Map(
    classes.map(({ resource, fields }) => [resource.name, at(at(fields.value, 'spec'), 'controllerName')]),
  );
  const isOfCilium = ({ fields }: ReadObject): boolean => {
    const name = at(at(fields.value, 'spec'), 'gatewayClassName');
    if (typeof name !== 'string') return false;
    const controller = controllers.get(name);
    return controller === undefined ? name === 'cilium' : controller === 'io.cilium/gateway-controller';
  };
  return new Set(gateways.filter(isOfCilium).map(({ resource }) => `${namespaceOf(resource)}/${resource.name}`));
}
