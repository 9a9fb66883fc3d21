import * as z from 'zod/mini';
import type { Config } from '../../model/config.ts';
import type { Trust } from '../../model/declaration.ts';
import { DIALECT_NAMES, type DialectName } from '../../model/dialect.ts';
import type { Isolate } from '../../model/direction.ts';
import { API_VERSION, CHECK_KIND, KIND } from './document-type.ts';
import { clusterWideSchema, type RawClusterWide } from './schema-cluster-wide.ts';
import {
  isolateSchema,
  podsSchema,
  type RawPods,
  type RawRule,
  type RawWorkloadKind,
  ruleSchema,
  trustSchema,
  workloadKindSchema,
} from './schema-entries.ts';
import { identitySchema, type RawIdentity } from './schema-identity.ts';
import { meshSchema, type RawMesh } from './schema-mesh.ts';
import {
  bool,
  field,
  mappingOf,
  namespaceName,
  namespaceNames,
  objectName,
  oneOf,
  ranges,
  required,
  text,
} from './schema-parts.ts';
import { listSchema, peerSchema, type RawList, type RawPeer } from './schema-peers.ts';

/** `spec`, checked for its shape; lists, selectors and ranges are not read yet. */
export interface RawSpec {
  readonly owner?: string | undefined;
  readonly annotationPrefix?: string | undefined;
  readonly isolate?: Isolate | undefined;
  readonly trust?: Trust | undefined;
  readonly minimum?: { readonly isolate?: Isolate | undefined; readonly trust?: Trust | undefined } | undefined;
  readonly namespace?: string | undefined;
  readonly namespaces?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly peers?: Readonly<Record<string, RawPeer>> | undefined;
  readonly always?: { readonly allowTo?: RawList | undefined; readonly allowFrom?: RawList | undefined } | undefined;
  readonly dns?: RawDns | undefined;
  readonly mesh?: RawMesh | undefined;
  readonly identity?: RawIdentity | undefined;
  readonly nodes?: readonly string[] | undefined;
  readonly privateRanges?: readonly string[] | undefined;
  readonly pods?: readonly RawPods[] | undefined;
  readonly rules?: readonly RawRule[] | undefined;
  readonly workloadKinds?: readonly RawWorkloadKind[] | undefined;
  readonly expect?: RawList | undefined;
  readonly argocd?: { readonly syncWaves?: boolean | undefined } | undefined;
  readonly verbose?: boolean | undefined;
  readonly dialect?: DialectName | undefined;
  readonly dialects?: readonly DialectName[] | undefined;
  readonly mode?: Config['mode'] | undefined;
  readonly clusterWide?: RawClusterWide | undefined;
}

/** `dns`: the servers of a distribution by its name, or what they are. */
export type RawDns =
  | 'openshift'
  | { readonly peers?: RawPeer | undefined; readonly nodeLocal?: readonly string[] | undefined };

const dialectSchema = oneOf([...DIALECT_NAMES]);

const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/$/;

/** The shape of `spec`. */
export const specSchema: z.ZodMiniType<RawSpec> = mappingOf(
  {
    owner: field(
      objectName,
      'Whose policies these are: a run replaces and prunes those of its own owner. Default: metadata.name.',
    ),
    annotationPrefix: field(
      text('the prefix of annotations: a domain with "/" after it, such as "postern.dev/"', PREFIX),
      'Prefix of the annotations that are read. Default: postern.dev/.',
    ),
    isolate: field(
      isolateSchema,
      'Directions that are closed in every namespace of the input. Without it, only what a list or an annotation closes.',
    ),
    trust: field(trustSchema, 'Whose word opens a door. Default: namespace.'),
    minimum: field(
      mappingOf(
        {
          isolate: field(isolateSchema, 'Directions that stay closed, whatever annotations say.'),
          trust: field(trustSchema, 'The most lenient trust that annotations may say.'),
        },
        'a mapping with "isolate" and "trust"',
      ),
      'What annotations cannot go below.',
    ),
    namespace: field(namespaceName, 'What an absent namespace means for matching; it is still not written out.'),
    namespaces: field(
      namespaceNames,
      'Namespaces to close as a whole although their Namespace object is not in the input.',
    ),
    exclude: field(
      namespaceNames,
      'Namespaces that are never isolated, beside kube-system, kube-public and kube-node-lease.',
    ),
    peers: field(
      z.record(z.string(), peerSchema, { error: 'a mapping from names to peers' }),
      'Names that lists may use, "name" or "namespace/name", and what they stand for.',
    ),
    always: field(
      mappingOf(
        {
          allowTo: field(listSchema, 'What every pod that is isolated for egress connects to.'),
          allowFrom: field(listSchema, 'Who may connect to every pod that is isolated for ingress.'),
        },
        'a mapping with "allowTo" and "allowFrom"',
      ),
      'Lists of every isolated pod.',
    ),
    dns: field(
      z.union(
        [
          oneOf(['openshift']),
          mappingOf(
            {
              peers: field(
                peerSchema,
                'The DNS servers. Default: k8s-app=kube-dns in kube-system on 53/udp and 53/tcp.',
              ),
              nodeLocal: field(ranges, 'Addresses of NodeLocal DNSCache, such as 169.254.20.10/32.'),
            },
            'a mapping with "peers" and "nodeLocal"',
          ),
        ],
        { error: '"openshift", or a mapping with "peers" and "nodeLocal"' },
      ),
      'Where names are resolved; "openshift" is the DNS of OpenShift, on 5353.',
    ),
    mesh: field(
      meshSchema,
      'The mesh whose proxies carry the traffic of pods. Without it, meshed pods are only warned about.',
    ),
    identity: field(
      identitySchema,
      'The mesh whose authorization policies are written beside those for addresses. Without it, none.',
    ),
    nodes: field(ranges, 'Addresses of the nodes: what the keyword "nodes" means.'),
    privateRanges: field(
      ranges,
      'Addresses that "internet" leaves out. Default: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7.',
    ),
    pods: field(
      z.array(podsSchema, { error: 'a list of entries with "name" and "podSelector"' }),
      'Pods that an operator makes and that no template of the input describes.',
    ),
    rules: field(
      z.array(ruleSchema, { error: 'a list of rules' }),
      'What objects say that cannot be annotated; added to their annotations.',
    ),
    workloadKinds: field(
      z.array(workloadKindSchema, { error: 'a list of kinds' }),
      'Further kinds that make pods, with the path of their pod template.',
    ),
    expect: field(
      listSchema,
      'Who must and who must not connect to whom, such as "web -> cart:7070" and "web -x> database", or a Markdown table.',
    ),
    argocd: field(
      mappingOf(
        {
          syncWaves: field(bool, "Sync allow policies before default-deny, and none before the Namespace's own wave."),
        },
        'a mapping with "syncWaves"',
      ),
      'For Argo CD.',
    ),
    verbose: field(bool, 'Write infos to stderr too. Default: false.'),
    dialect: field(dialectSchema, 'The API whose policies are written. Default: kubernetes.'),
    dialects: field(
      z
        .array(dialectSchema, { error: 'a list of dialects' })
        .check(z.minLength(1, { error: 'a list of dialects that is not empty' })),
      'Several at once, for a cluster that moves from one to another.',
    ),
    mode: field(
      oneOf(['enforce', 'observe']),
      'observe: policies that cut nothing, where a dialect can say that. Default: enforce.',
    ),
    clusterWide: field(
      clusterWideSchema,
      'Policies for the whole cluster: default deny, DNS, and the rules of the platform.',
    ),
  },
  'a mapping',
);

/** The whole config, for editors. */
export const documentSchema: z.ZodMiniType = z.strictObject({
  apiVersion: required(z.literal(API_VERSION), 'Version of the config.'),
  kind: required(
    z.enum([KIND, CHECK_KIND]),
    'NetworkPolicyGenerator writes policies, NetworkPolicyCheck only checks them.',
  ),
  metadata: field(
    z.looseObject({ name: field(z.string(), 'Name of the config, and the owner unless the spec names one.') }),
    'Metadata of the config.',
  ),
  spec: field(specSchema, 'The config; every field has a default.'),
});
