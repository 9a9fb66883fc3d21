import * as z from 'zod/mini';
import { CLUSTER_WIDE_APIS, type ClusterWideApi, type GuardRailAction } from '../../model/cluster-wide.ts';
import type { Isolate } from '../../model/direction.ts';
import { isolateSchema } from './schema-entries.ts';
import { bool, field, mappingOf, namespaceName, objectName, oneOf, required } from './schema-parts.ts';
import {
  peerSchema,
  portsSchema,
  type RawPeer,
  type RawPorts,
  type RawSelector,
  selectorSchema,
} from './schema-peers.ts';

/** The pods that a rule of the platform is about. */
export interface RawSubject {
  readonly namespace?: string | undefined;
  readonly namespaceSelector?: RawSelector | undefined;
  readonly podSelector?: RawSelector | undefined;
}

export interface RawGuardRail {
  readonly name: string;
  readonly action: GuardRailAction;
  readonly subject?: RawSubject | undefined;
  readonly from?: RawPeer | undefined;
  readonly to?: RawPeer | undefined;
  readonly ports?: RawPorts | undefined;
}

export interface RawClusterWide {
  readonly api: ClusterWideApi;
  readonly defaultDeny?: Isolate | undefined;
  readonly dns?: boolean | undefined;
  readonly priority?: number | undefined;
  readonly rules?: readonly RawGuardRail[] | undefined;
}

const wantPriority = 'a priority from 0 to 1000';

const subject = mappingOf(
  {
    namespace: field(namespaceName, 'Namespace of the pods, by name.'),
    namespaceSelector: field(selectorSchema, 'Namespaces of the pods, by label. Without both, every namespace.'),
    podSelector: field(selectorSchema, 'The pods; without it, every pod of the namespaces.'),
  },
  'a mapping with "namespace", "namespaceSelector" and "podSelector"',
);

const guardRail = mappingOf(
  {
    name: required(objectName, 'What the rule is called in the policy and in problems.'),
    action: required(
      oneOf(['allow', 'deny', 'pass']),
      'allow and deny are final; pass leaves it to the policies of the teams.',
    ),
    subject: field(subject, 'The pods that the rule is about. Without it, every pod but those of excluded namespaces.'),
    from: field(peerSchema, 'Who connects to them.'),
    to: field(peerSchema, 'What they connect to.'),
    ports: field(portsSchema, 'Ports of the destination, by number. Without them, all.'),
  },
  'a rule with "name", "action", and "from" or "to"',
);

/** `clusterWide`. */
export const clusterWideSchema: z.ZodMiniType<RawClusterWide> = mappingOf(
  {
    api: required(oneOf([...CLUSTER_WIDE_APIS]), 'The API whose policies hold for the whole cluster.'),
    defaultDeny: field(isolateSchema, 'Directions that are closed for every pod but those of excluded namespaces.'),
    dns: field(bool, 'Leave name resolution open where egress is closed. Default: true.'),
    priority: field(
      z
        .int({ error: wantPriority })
        .check(z.minimum(0, { error: wantPriority }), z.maximum(1000, { error: wantPriority })),
      'Of the first ClusterNetworkPolicy of each tier; lower ones come first. Default: 100.',
    ),
    rules: field(
      z.array(guardRail, { error: 'a list of rules' }),
      "The platform's own rules, which no policy of a team can undo: the first that matches decides.",
    ),
  },
  'a mapping with "api", "defaultDeny", "dns" and "rules"',
);
