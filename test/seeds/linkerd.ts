import { loadAll } from 'js-yaml';
import type { StringMap } from '../../src/model/resource.ts';
import { seedFile } from './seed.ts';

/** A meshed caller. */
export interface Caller {
  readonly namespace: string;
  readonly account: string;
}

interface Ref {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface LinkerdObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector?: {
      readonly matchExpressions: readonly { readonly key: string; readonly values: readonly string[] }[];
    };
    readonly port?: number;
    readonly targetRef?: Ref;
    readonly requiredAuthenticationRefs?: readonly Ref[];
    readonly identityRefs?: readonly Ref[];
    readonly networks?: readonly object[];
  };
}

/**
 * Whether Linkerd lets a meshed caller connect to a port, by the objects of a golden case: a port without a Server is
 * open, one with a Server for those whom an AuthorizationPolicy names. Written from Linkerd's documentation.
 */
export function linkerdAllows(
  caller: Caller,
  target: { readonly namespace: string; readonly labels: StringMap },
  port: number,
): boolean {
  const objects = readObjects().filter(({ metadata }) => metadata.namespace === target.namespace);
  const servers = objects.filter(
    ({ kind, spec }) => kind === 'Server' && spec.port === port && selects(spec, target.labels),
  );
  if (servers.length > 1) throw new Error('two Servers claim one port');
  const [server] = servers;
  if (server === undefined) return true;
  return objects.some(({ kind, spec }) => {
    if (kind !== 'AuthorizationPolicy' || spec.targetRef?.name !== server.metadata.name) return false;
    return (spec.requiredAuthenticationRefs ?? []).every((ref) => holds(find(objects, ref), caller));
  });
}

function readObjects(): LinkerdObject[] {
  const all = loadAll(seedFile('homelab', 'meshed', 'expected.yaml')) as (LinkerdObject & {
    readonly apiVersion: string;
  })[];
  return all.filter(({ apiVersion }) => apiVersion.startsWith('policy.linkerd.io/'));
}

function selects({ podSelector }: LinkerdObject['spec'], labels: StringMap): boolean {
  return podSelector?.matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? '')) ?? false;
}

function find(objects: readonly LinkerdObject[], { kind, name }: Ref): LinkerdObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`nothing is called ${kind} ${name}`);
  return found;
}

function holds({ spec, metadata }: LinkerdObject, caller: Caller): boolean {
  // The networks of the homelab are all addresses.
  if (spec.networks !== undefined) return true;
  return (spec.identityRefs ?? []).some(({ kind, name, namespace = metadata.namespace }) =>
    kind === 'Namespace' ? name === caller.namespace : name === caller.account && namespace === caller.namespace,
  );
}
