import type { Service } from '../model/service.ts';
import type { Address } from './address.ts';
import type { RevealScene } from './reveal-scene.ts';

/** What a host's name means to a pod. */
export type Meant =
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'api-server' }
  /** A Service of another namespace that is not in the input. */
  | { readonly kind: 'elsewhere'; readonly namespace: string; readonly name: string }
  /** A name alone that no Service of the pod's own namespace has. */
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'outside' };

/** Ends of names that people give to hosts outside; others of two labels are `service.namespace`. */
const TOP_LEVEL =
  /^(?:com|net|org|io|dev|app|cloud|co|ai|info|biz|eu|de|uk|fr|nl|us|ch|at|no|se|es|it|pl|jp|cn|in|br|ca|au|gov|edu|mil|internal|local|lan|corp|home|intranet|arpa|test|example)$/;

/** Looks a host up as a pod of `namespace` would: its own namespace first, then `service.namespace`, then the world. */
export function lookUpHost({ host }: Address, namespace: string, scene: RevealScene): Meant {
  const labels = host.split('.');
  const svc = labels.indexOf('svc');
  const [first = '', second = '', third = ''] = labels;
  if (svc >= 2) return inNamespace(labels[svc - 2] ?? '', labels[svc - 1] ?? '', scene);
  if (labels.length === 1) {
    const service = scene.services.get(`${namespace}/${host}`);
    return service === undefined ? { kind: 'missing', name: host } : { kind: 'service', service };
  }
  const known = serviceIn(first, second, scene) ?? podOf(second, namespace, scene) ?? podOf(second, third, scene);
  if (known !== undefined) return { kind: 'service', service: known };
  if (first === 'kubernetes' && second === 'default') return { kind: 'api-server' };
  const isInCluster = labels.length === 2 && /^[a-z]/.test(second) && !TOP_LEVEL.test(second);
  return isInCluster ? { kind: 'elsewhere', namespace: second, name: first } : { kind: 'outside' };
}

function inNamespace(name: string, namespace: string, scene: RevealScene): Meant {
  const service = serviceIn(name, namespace, scene);
  if (service !== undefined) return { kind: 'service', service };
  return name === 'kubernetes' && namespace === 'default'
    ? { kind: 'api-server' }
    : { kind: 'elsewhere', namespace, name };
}

/** Objects that say no namespace may go to the one that a name speaks of, where the input has no such namespace. */
function serviceIn(name: string, namespace: string, { services, cluster }: RevealScene): Service | undefined {
  const isKnown = cluster.namespaces.has(namespace) || cluster.workloadsIn.has(namespace);
  return services.get(`${namespace}/${name}`) ?? (isKnown ? undefined : services.get(`/${name}`));
}

/** `pg-0.pg`: one pod of a headless Service. */
function podOf(name: string, namespace: string, { services }: RevealScene): Service | undefined {
  const service = services.get(`${namespace}/${name}`);
  return service?.headless === true ? service : undefined;
}
