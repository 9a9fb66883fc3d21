import type { Config } from '../../model/config.ts';
import { DIALECT_FACTS, type DialectName, dialectsThatSay } from '../../model/dialect.ts';
import type { RawSpec } from './schema.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** Which APIs are written, and whether their policies are enforced. */
export function readDialects(
  { dialect, dialects, mode = 'enforce', clusterWide }: RawSpec,
  spot: Spot,
): Pick<Config, 'dialects' | 'dialect' | 'mode'> {
  if (dialect !== undefined && dialects !== undefined) {
    reportAt(within(spot, 'dialects'), {
      code: 'two-dialects',
      must: 'must not stand beside "dialect"',
      advice: 'put all of them into "dialects"',
    });
  }
  const [first = 'kubernetes', ...others] = [...new Set(dialects ?? [dialect ?? 'kubernetes'])];
  const asked: readonly DialectName[] = [first, ...others];
  if (mode === 'observe') for (const name of asked) refuseToObserve(name, within(spot, 'mode'));
  if (mode === 'observe' && clusterWide?.api === 'cluster-network-policy') reportEnforced(within(spot, 'mode'));
  return { dialects: asked, dialect: first, mode };
}

/** An API without such a mode would enforce what was meant to be looked at. */
function refuseToObserve(name: DialectName, spot: Spot): void {
  if (DIALECT_FACTS[name].says.includes('observe')) return;
  const able = dialectsThatSay('observe').map((other) => `"${other}"`);
  reportAt(spot, {
    code: 'cannot-observe',
    must: `must not be "observe" in the dialect "${name}", whose policies are always enforced`,
    advice: `only ${able.join(' and ')} can observe; "postern plan" says before what would be cut`,
  });
}

function reportEnforced(spot: Spot): void {
  reportAt(spot, {
    code: 'cannot-observe',
    must: 'must not be "observe" beside ClusterNetworkPolicies, which are always enforced',
    advice: 'take "clusterWide" out while you observe, or use the api "calico" or "cilium"',
  });
}
