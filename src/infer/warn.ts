import { warnAbsentPods } from './warnings/absent-pods.ts';
import { warnDnsClosed } from './warnings/dns-closed.ts';
import { noteExtendedLists } from './warnings/extended-lists.ts';
import { warnHostNetwork } from './warnings/host-network.ts';
import { warnIdlePolicies } from './warnings/idle-policy.ts';
import { warnInternetThroughNodes } from './warnings/internet-through-nodes.ts';
import { warnIsolateBesidePolicies } from './warnings/isolate-beside-policy.ts';
import { warnMeshes } from './warnings/mesh.ts';
import { warnOfMesh } from './warnings/named-mesh.ts';
import { noteOpenNamespaces } from './warnings/open-namespaces.ts';
import { warnSharedSelectors } from './warnings/shared-selector.ts';
import { warnUnheard } from './warnings/unheard.ts';
import { warnUnreachable } from './warnings/unreachable.ts';
import { warnUnseenLabels } from './warnings/unseen-labels.ts';
import type { Finished, Warning } from './warnings/warning.ts';

const WARNINGS: readonly Warning[] = [
  warnUnreachable,
  warnAbsentPods,
  warnDnsClosed,
  warnInternetThroughNodes,
  warnHostNetwork,
  warnSharedSelectors,
  warnIdlePolicies,
  warnIsolateBesidePolicies,
  warnMeshes,
  warnUnheard,
  warnUnseenLabels,
  noteExtendedLists,
  noteOpenNamespaces,
];

/** Says out loud which traffic the finished policies would cut, and which words have no effect. */
export function warnOfCuts(finished: Finished): void {
  for (const warning of WARNINGS) warning(finished);
  if (finished.membership !== undefined) warnOfMesh(finished);
}
