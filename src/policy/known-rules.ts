import type { Rule } from '../model/network-policy.ts';

/** A rule, and the key of its place among others. */
export interface OrderedRule {
  readonly rule: Rule;
  readonly order: string;
}

/**
 * Rules for one peer, by the keys of that peer and of its ports. Most of what policies say they say in the same words: the
 * way to DNS or to a database, and whoever scrapes metrics. Such a rule is one object, which is written and printed once.
 */
export type KnownRules = Map<string, Map<string, OrderedRule>>;

/** The rules for one peer, by the keys of its ports. */
export function rulesForPeer(known: KnownRules, peerKey: string): Map<string, OrderedRule> {
  let rules = known.get(peerKey);
  if (rules === undefined) {
    rules = new Map();
    known.set(peerKey, rules);
  }
  return rules;
}
