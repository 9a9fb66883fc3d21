import { loadAll } from 'js-yaml';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import { resourceOf } from '../reach/resource-of.ts';

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly items?: readonly KubernetesObject[];
}

/** Every NetworkPolicy of a stream or a ResourceList. Those without a namespace are in `default`. */
export function readPolicies(text: string): readonly NetworkPolicy[] {
  const documents = loadAll(text) as (KubernetesObject | null)[];
  const objects = documents.flatMap((document) => document?.items ?? (document === null ? [] : [document]));
  return objects.filter(isPlain).map(readPolicy);
}

/** Calico has a kind of that name too. */
function isPlain({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && apiVersion.startsWith('networking.k8s.io/');
}

function readPolicy(object: KubernetesObject): NetworkPolicy {
  const { name, namespace = 'default' } = object.metadata;
  const policy = readNetworkPolicy(resourceOf(object), { ...object }, namespace, ({ field, message }) => {
    throw new Error(`NetworkPolicy ${namespace}/${name}: ${field} ${message}`);
  });
  if (policy === undefined) throw new Error(`NetworkPolicy ${namespace}/${name} cannot be read`);
  return policy;
}
