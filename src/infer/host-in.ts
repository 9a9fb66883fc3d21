import type { RuleSet } from '../policy/rule-set.ts';

/** A peer of the rules that is known by its name only; undefined where there is none. */
export function hostIn(rules: RuleSet): string | undefined {
  for (const { peer } of rules.values()) if (peer !== 'all' && peer.kind === 'host') return peer.pattern;
  return undefined;
}
