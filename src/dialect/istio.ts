import type { Callers, Guard, GuardGrant } from '../model/identity.ts';
import type { PortSet } from '../model/port.ts';
import { mergeCallers } from '../policy/merge-callers.ts';
import { guardNames } from './guard-names.ts';
import { identityObject, inParts, partOf } from './identity-object.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';

const TYPE = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy' };

/** Istio knows no ranges: up to this many ports are written port by port. */
const MOST_PORTS = 1024;

/** Where there are more, those of ranges that are longer than this are written only where the pods declare them. */
const LONGEST_RANGE = 64;

/**
 * One AuthorizationPolicy for each workload: what no rule of it allows is closed. Without rules it closes all. Where it
 * would be too large it becomes several, which add up.
 */
export function renderIstio(guards: readonly Guard[], context: RenderContext): RenderedPolicy[] {
  const names = guardNames(guards);
  return guards.flatMap((guard, index) => renderGuard(guard, names[index] ?? guard.resource.name, context));
}

function renderGuard(guard: Guard, name: string, context: RenderContext): RenderedPolicy[] {
  const trustDomain = context.config.identity?.trustDomain ?? 'cluster.local';
  const lists = rulesOf(guard, trustDomain);
  const annotations = context.config.mode === 'observe' ? { 'istio.io/dry-run': 'true' } : {};
  return (lists.length === 0 ? [[]] : lists).map((rules, index) => {
    const spec = {
      selector: { matchLabels: guard.labels ?? {} },
      action: 'ALLOW',
      ...(rules.length === 0 ? {} : { rules }),
    };
    const effect = rules.length === 0 ? 'deny' : 'allow';
    return identityObject({ type: TYPE, name: partOf(name, index), effect, spec, annotations }, guard, context);
  });
}

/** Lists of rules of which each fits into one object. */
function rulesOf(guard: Guard, trustDomain: string): object[][] {
  const small: object[] = [];
  const large: object[][] = [];
  for (const { ports, callers } of byPorts(guard)) {
    const written = ports === 'all' ? undefined : ports;
    const parts = sourcesOf(callers, trustDomain);
    const rules = parts.map((from) => ({
      ...(from.length === 0 ? {} : { from: from.map((source) => ({ source })) }),
      ...(written === undefined ? {} : { to: [{ operation: { ports: written } }] }),
    }));
    small.push(...rules.slice(0, 1));
    large.push(...rules.slice(1).map((rule) => [rule]));
  }
  return [...(small.length === 0 ? [] : [small]), ...large];
}

/** Callers with the same ports are one rule. UDP is none of the mesh's. */
function byPorts(guard: Guard): { readonly ports: 'all' | readonly string[]; readonly callers: Callers }[] {
  const groups = new Map<string, { ports: 'all' | readonly string[]; grants: GuardGrant[] }>();
  for (const grant of guard.grants) {
    const ports = writtenPorts(grant.ports, guard);
    if (ports !== 'all' && ports.length === 0) continue;
    const key = ports === 'all' ? 'all' : ports.join();
    const group = groups.get(key) ?? { ports, grants: [] };
    group.grants.push(grant);
    groups.set(key, group);
  }
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([, { ports, grants }]) => ({
    ports,
    callers: mergeCallers(grants.map(({ callers }) => callers)),
  }));
}

/** Ports as texts. Of a long range those that the pods declare; all of TCP is all. */
function writtenPorts(ports: PortSet, guard: Guard): 'all' | readonly string[] {
  if (ports === 'all') return 'all';
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP');
  if (tcp.some(({ port, endPort }) => port === 1 && endPort === 65535)) return 'all';
  const count = tcp.reduce((sum, { port, endPort }) => sum + endPort - port + 1, 0);
  const longest = count <= MOST_PORTS ? MOST_PORTS : LONGEST_RANGE;
  const numbers = tcp.flatMap(({ port, endPort }) => {
    if (endPort - port < longest) return Array.from({ length: endPort - port + 1 }, (_, index) => port + index);
    return guard.ports.map((declared) => declared.port).filter((declared) => port <= declared && declared <= endPort);
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map(String);
}

/** The sources of one rule, or of several where there are many; an empty list is everybody. */
function sourcesOf({ accounts, namespaces, blocks, unmeshed, everyone }: Callers, trustDomain: string): object[][] {
  if (everyone) return [[]];
  const principals = accounts.map(({ namespace, name }) => `${trustDomain}/ns/${namespace}/sa/${name}`);
  const others = [
    ...(namespaces.length === 0 ? [] : [{ namespaces }]),
    ...blocks.map(({ cidr, except }) => ({
      ipBlocks: [cidr],
      ...(except.length === 0 ? {} : { notIpBlocks: except }),
    })),
    // Whoever has no principal has no proxy.
    ...(unmeshed ? [{ notPrincipals: ['*'] }] : []),
  ];
  const [first = [], ...rest] = inParts(principals);
  const named = (part: readonly string[]): object[] => (part.length === 0 ? [] : [{ principals: part }]);
  return [[...named(first), ...others], ...rest.map(named)].filter((sources) => sources.length > 0);
}
