import type { Settings, Trust } from '../model/declaration.ts';
import type { Direction } from '../model/direction.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';
import { placeOfSetting } from './place-of-setting.ts';

/** From lenient to strict. */
const STRICTNESS: readonly Trust[] = ['either', 'namespace', 'own'];

/**
 * Whether another end's word is enough to open this end of a workload. `other` is the namespace of that end.
 * Services guard the ports behind them, so their word counts for ingress.
 */
export function trusts(
  cluster: Cluster,
  settings: ReadonlyMap<Resource, Settings>,
  workload: Workload,
  direction: Direction,
  other: string,
): boolean {
  switch (trustOf(cluster, settings, workload, direction)) {
    case 'either':
      return true;
    case 'namespace':
      return other === workload.namespace;
    case 'own':
      return false;
  }
}

/** The strictest word of the workload and its Services, else the namespace's, else the config's; never below the minimum. */
export function trustOf(
  cluster: Cluster,
  settings: ReadonlyMap<Resource, Settings>,
  workload: Workload,
  direction: Direction,
): Trust {
  const { config, namespaces, servicesOf } = cluster;
  let own = settings.get(workload.resource)?.trust;
  for (const { resource } of direction === 'Ingress' ? (servicesOf.get(workload) ?? []) : []) {
    const said = settings.get(resource)?.trust;
    if (said !== undefined) own = strictest([own, said]);
  }
  const namespace = namespaces.get(workload.namespace);
  const byNamespace = namespace === undefined ? undefined : settings.get(namespace)?.trust;
  return strictest([own ?? byNamespace ?? config.trust, config.minimum.trust]) ?? config.trust;
}

/** The strictest of several words; undefined where there is none. */
export function strictest(words: readonly (Trust | undefined)[]): Trust | undefined {
  return STRICTNESS.findLast((trust) => words.includes(trust));
}

/** Tells those whose `trust` is more lenient than the config's minimum that the minimum stands. */
export function reportLowTrust({ config }: Cluster, settings: ReadonlyMap<Resource, Settings>, report: Report): void {
  const { trust: minimum } = config.minimum;
  for (const [resource, { trust }] of settings) {
    if (trust === undefined || strictest([trust, minimum]) === trust) continue;
    report({
      ...placeOfSetting(config, resource, 'trust'),
      code: 'below-minimum',
      severity: 'warning',
      message: `must not trust more than the config's minimum "${minimum}", got "${trust}": the minimum stands`,
      got: trust,
      want: minimum,
    });
  }
}
