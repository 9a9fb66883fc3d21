import type { ClusterWide, Config } from '../../model/config.ts';
import { closedByEither } from '../../model/direction.ts';
import type { Expectation } from '../../model/expectation.ts';
import { readExpectations } from '../expect/read-expectations.ts';
import { isMapping } from '../fields.ts';
import { checkShape } from './check-shape.ts';
import { matchesShape } from './matches-shape.ts';
import { readAliases } from './read-aliases.ts';
import { readClusterWide } from './read-cluster-wide.ts';
import { readDialects } from './read-dialects.ts';
import { readDns } from './read-dns.ts';
import { readPodsEntries, readRules, readWorkloadKinds } from './read-entries.ts';
import { readIdentity } from './read-identity.ts';
import { readList } from './read-list.ts';
import { readMesh } from './read-mesh.ts';
import { readRanges } from './read-range.ts';
import type { RawSpec } from './schema.ts';
import { SPEC_PARTS, SPEC_SHAPE } from './spec-shape.ts';
import { placeOfSpot, type Spot, within } from './spot.ts';

const NEVER_ISOLATED: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];
const PRIVATE_IPV4: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const PRIVATE_IPV6: readonly string[] = ['fc00::/7'];

/** Reads a `spec` and fills in its defaults. `owner` is that of a spec that names none. */
export function readSpec(value: unknown, owner: string, spot: Spot): Config {
  const spec = withoutNulls(value);
  const raw = matchesShape(spec, SPEC_SHAPE, SPEC_PARTS) ? (spec as RawSpec) : checkShape(spec, spot);
  const at = (...path: string[]) => within(spot, ...path);
  const mesh = raw.mesh && readMesh(raw.mesh, at('mesh'));
  const exclude = [...new Set([...NEVER_ISOLATED, ...(raw.exclude ?? [])])];
  const clusterWide = raw.clusterWide && readClusterWide(raw.clusterWide, exclude, at('clusterWide'));
  return {
    task: 'generate',
    owner: raw.owner ?? owner,
    annotationPrefix: raw.annotationPrefix ?? 'postern.dev/',
    ...closing(raw, clusterWide),
    trust: raw.trust ?? 'namespace',
    namespace: raw.namespace,
    namespaces: raw.namespaces ?? [],
    exclude,
    peers: readAliases(raw.peers ?? {}, writtenNames(value), at('peers')),
    always: {
      allowTo: readList(raw.always?.allowTo, 'empty', at('always', 'allowTo')) ?? [],
      allowFrom: readList(raw.always?.allowFrom, 'empty', at('always', 'allowFrom')) ?? [],
    },
    dns: readDns(raw.dns, at('dns')),
    mesh,
    identity: raw.identity && readIdentity(raw.identity, mesh, at('identity')),
    nodes: readRanges(raw.nodes ?? [], at('nodes')),
    privateRanges: readPrivateRanges(raw.privateRanges, at('privateRanges')),
    pods: readPodsEntries(raw.pods ?? [], at('pods')),
    rules: readRules(raw.rules ?? [], at('rules')),
    workloadKinds: readWorkloadKinds(raw.workloadKinds ?? [], at('workloadKinds')),
    expect: readExpectList(raw.expect, at('expect')),
    syncWaves: raw.argocd?.syncWaves ?? false,
    verbose: raw.verbose ?? false,
    ...readDialects(raw, spot),
    clusterWide,
    place: spot.place,
  };
}

/** What is closed for the whole cluster is closed in every namespace, and no annotation opens it. */
function closing(
  { isolate, minimum }: RawSpec,
  clusterWide: ClusterWide | undefined,
): Pick<Config, 'isolate' | 'minimum'> {
  const everywhere = clusterWide?.defaultDeny ?? 'none';
  return {
    isolate: everywhere === 'none' ? isolate : closedByEither(isolate ?? 'none', everywhere),
    minimum: { isolate: closedByEither(minimum?.isolate ?? 'none', everywhere), trust: minimum?.trust ?? 'either' },
  };
}

/** Texts with arrows or tables; an entry of a list that is wrong is told by its own place. */
function readExpectList(raw: RawSpec['expect'], spot: Spot): readonly Expectation[] {
  const texts =
    typeof raw === 'string'
      ? [{ text: raw, at: spot }]
      : (raw ?? []).map((text, index) => ({ text, at: within(spot, index) }));
  return texts.flatMap(({ text, at }) =>
    readExpectations(text, { subject: undefined, place: placeOfSpot(at), report: spot.report }),
  );
}

/** The default of each family that the list does not speak of: a list of IPv4 ranges must not open private IPv6. */
function readPrivateRanges(raw: readonly string[] | undefined, spot: Spot): string[] {
  const ranges = readRanges(raw ?? [], spot);
  if (raw?.length === 0) return [];
  const isIpv6 = (range: string) => range.includes(':');
  return [
    ...(ranges.some((range) => !isIpv6(range)) ? [] : PRIVATE_IPV4),
    ...ranges,
    ...(ranges.some(isIpv6) ? [] : PRIVATE_IPV6),
  ];
}

/** Names of `peers` as written, also of entries that are left out: who uses such a name need not hear of it twice. */
function writtenNames(spec: unknown): string[] {
  return isMapping(spec) && isMapping(spec['peers']) ? Object.keys(spec['peers']) : [];
}

/** `peers:` with all of its entries commented out is null, and means none. */
function withoutNulls(spec: unknown): unknown {
  if (!isMapping(spec)) return spec ?? {};
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== null));
}
