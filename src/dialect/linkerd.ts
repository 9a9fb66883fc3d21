import type { Account, Callers, Guard, GuardPort } from '../model/identity.ts';
import type { IpBlockPeer } from '../model/network-policy.ts';
import { mergeCallers } from '../policy/merge-callers.ts';
import { hasPort } from '../policy/port-set.ts';
import { expressions } from './expressions.ts';
import { guardNames } from './guard-names.ts';
import { type IdentityObject, identityObject, inParts, partOf } from './identity-object.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';

const GROUP = 'policy.linkerd.io';
const SERVER = { apiVersion: `${GROUP}/v1beta3`, kind: 'Server' };
const AUTHORIZATION = { apiVersion: `${GROUP}/v1alpha1`, kind: 'AuthorizationPolicy' };
const MESH_TLS = { apiVersion: `${GROUP}/v1alpha1`, kind: 'MeshTLSAuthentication' };
const NETWORK = { apiVersion: `${GROUP}/v1alpha1`, kind: 'NetworkAuthentication' };

const EVERYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];

/**
 * A Server for each port, which closes it, and for each kind of callers an AuthorizationPolicy that lets them in. A port
 * that nobody may reach has a Server alone.
 */
export function renderLinkerd(guards: readonly Guard[], context: RenderContext): RenderedPolicy[] {
  const names = guardNames(guards);
  return guards.flatMap((guard, index) =>
    guard.ports.flatMap((port) =>
      renderPort(guard, port, `${names[index] ?? guard.resource.name}-${port.port}`, context),
    ),
  );
}

/** What lets in comes before what closes. */
function renderPort(guard: Guard, port: GuardPort, name: string, context: RenderContext): RenderedPolicy[] {
  const callers = mergeCallers(
    guard.grants.filter(({ ports }) => hasPort(ports, 'TCP', port.port)).map((grant) => grant.callers),
  );
  const networks = networksOf(callers, context);
  const isOpen = EVERYWHERE.every((cidr) =>
    networks.some((network) => network.cidr === cidr && network.except.length === 0),
  );
  const parts = isOpen ? [] : inParts(identitiesOf(callers, guard));
  return [
    ...parts.flatMap((identityRefs, index) => {
      const part = partOf(name, index);
      return [
        { type: MESH_TLS, name: part, effect: 'allow', spec: { identityRefs } } as const,
        authorization(part, name, MESH_TLS.kind),
      ];
    }),
    ...(networks.length === 0
      ? []
      : [
          {
            type: NETWORK,
            name: `${name}-network`,
            effect: 'allow',
            spec: { networks: networks.map(networkOf) },
          } as const,
          authorization(`${name}-network`, name, NETWORK.kind),
        ]),
    server(guard, port, name, context),
  ].map((object) => identityObject(object, guard, context));
}

function server(
  { selector }: Guard,
  { port, opaque }: GuardPort,
  name: string,
  { config }: RenderContext,
): IdentityObject {
  const spec = {
    podSelector: expressions(selector),
    port,
    ...(opaque ? { proxyProtocol: 'opaque' } : {}),
    ...(config.mode === 'observe' ? { accessPolicy: 'audit' } : {}),
  };
  return { type: SERVER, name, effect: 'deny', spec };
}

/** All authentications of one AuthorizationPolicy must hold, so each has its own. */
function authorization(name: string, serverName: string, kind: string): IdentityObject {
  const spec = {
    targetRef: { group: GROUP, kind: SERVER.kind, name: serverName },
    requiredAuthenticationRefs: [{ group: GROUP, kind, name }],
  };
  return { type: AUTHORIZATION, name, effect: 'allow', spec };
}

/** Without a namespace an account is one of the object's own, whatever namespace a later step gives it. */
function identitiesOf({ accounts, namespaces }: Callers, guard: Guard): object[] {
  const refOf = ({ namespace, name }: Account): object => ({
    kind: 'ServiceAccount',
    name,
    ...(namespace === guard.namespace ? {} : { namespace }),
  });
  return [...accounts.map(refOf), ...namespaces.map((name) => ({ kind: 'Namespace', name }))];
}

function networksOf({ everyone, unmeshed, blocks }: Callers, { config }: RenderContext): readonly IpBlockPeer[] {
  const anywhere = everyone ? EVERYWHERE : unmeshed ? (config.identity?.networks ?? EVERYWHERE) : [];
  const ranges = anywhere.map((cidr): IpBlockPeer => ({ kind: 'ipBlock', cidr, except: [] }));
  return everyone ? ranges : [...blocks, ...ranges];
}

function networkOf({ cidr, except }: IpBlockPeer): object {
  return { cidr, ...(except.length === 0 ? {} : { except }) };
}
