import { lintBrokenPolicies } from './broken-policies.ts';
import { lintCoveredRules } from './covered-rules.ts';
import { lintEmptyLists } from './empty-lists.ts';
import { lintIdlePeers } from './idle-peers.ts';
import { lintIdlePolicies } from './idle-policies.ts';
import type { Lint } from './lint.ts';
import { lintLoneDenials } from './lone-denials.ts';
import { lintMissingDns } from './missing-dns.ts';
import { lintRewritableSelectors } from './rewritable-selectors.ts';
import { lintServicePorts } from './service-ports.ts';
import { lintUnlearntHosts } from './unlearnt-hosts.ts';
import { lintUnsetNamespaceLabels } from './unset-namespace-labels.ts';

/** Every lint, in the order in which a reader of a policy meets what they are about. */
export const LINTS: readonly Lint[] = [
  lintBrokenPolicies,
  lintIdlePolicies,
  lintRewritableSelectors,
  lintEmptyLists,
  lintIdlePeers,
  lintUnsetNamespaceLabels,
  lintServicePorts,
  lintMissingDns,
  lintUnlearntHosts,
  lintLoneDenials,
  lintCoveredRules,
];
