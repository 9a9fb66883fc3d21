import type { Config } from '../model/config.ts';
import type { Guard } from '../model/identity.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import type { Report } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import { connectAlways } from './always.ts';
import { findClosers } from './closed-by.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { connectVoice, type Scene } from './connect.ts';
import { type Connections, noConnections } from './connections.ts';
import { type DnsPlan, planDns } from './dns.ts';
import { reportBypasses } from './http/bypasses.ts';
import { NO_HTTP } from './http/http-plan.ts';
import { planHttp } from './http/plan-http.ts';
import { planGuards } from './identity/plan-guards.ts';
import { refuseIndistinctCopies } from './indistinct-copies.ts';
import { decideIsolation, type Isolation } from './isolation.ts';
import { findMembership, type Membership } from './mesh/membership.ts';
import { openProxyPorts } from './mesh/open-proxy-ports.ts';
import { planMesh } from './mesh/plan-mesh.ts';
import { namesIn } from './names-in.ts';
import { planPolicies } from './plan-policies.ts';
import { findRefusals } from './refusals.ts';
import { reportOnce } from './report-once.ts';
import type { Names } from './resolve-item.ts';
import { reportLowTrust } from './trust.ts';
import { refuseUnheardHosts } from './unheard-hosts.ts';
import { type Declared, gatherVoices, type Voices } from './voice.ts';

/** What was declared, and what follows from it. */
export interface Inference {
  readonly cluster: Cluster;
  readonly voices: Voices;
  readonly isolation: Isolation;
  readonly connections: Connections;
  readonly dns: DnsPlan;
  /** Who is in the mesh that the config names; undefined where it names none. */
  readonly membership: Membership | undefined;
  readonly policies: readonly PlannedPolicy[];
  /** What the proxies of a mesh are to let in, where the config asks for it. */
  readonly guards: readonly Guard[];
  readonly names: Names;
}

/**
 * From what the input declares to the policies that allow it: who is closed, who may reach whom on which ports, and
 * one policy for each subject. `handWritten` are the policies of the input that stay.
 */
export function inferPolicies(
  resources: Resources,
  said: Declared,
  handWritten: readonly NetworkPolicy[],
  config: Config,
  reportEach: Report,
): Inference {
  const report = reportOnce(reportEach);
  const cluster = buildCluster(resources, config, handWritten);
  const voices = gatherVoices(cluster, said, report);
  reportLowTrust(cluster, voices.settings, report);
  const isolation = decideIsolation(cluster, voices, report);
  const refusals = findRefusals(voices.voices);
  const connections = noConnections();
  const names = namesIn(cluster);
  const scene: Scene = { names, voices, isolation, refusals, connections, report };
  for (const voice of voices.voices) connectVoice(voice, scene);
  connectAlways(scene);
  const membership = config.mesh?.kind === 'mesh' ? findMembership(config.mesh, names, report) : undefined;
  if (membership !== undefined) openProxyPorts(connections, membership, cluster);
  const dns = planDns(names, voices.settings, isolation, report);
  refuseUnheardHosts(cluster, connections, dns, report);
  const { requests } = voices;
  const http = requests.length === 0 ? NO_HTTP : planHttp(cluster, requests, isolation, report);
  const policies = planPolicies({
    cluster,
    isolation,
    refusals,
    connections,
    dns,
    http,
    mesh: membership === undefined ? undefined : planMesh(names, membership, isolation, report),
    closedBy: findClosers(cluster, voices),
    report,
  });
  refuseIndistinctCopies(cluster, policies, report);
  if (http.all.size > 0) reportBypasses(http, cluster, policies, membership, report);
  const guards =
    membership === undefined
      ? []
      : planGuards({ cluster, connections, isolation, refusals, membership }, resources.servers, report);
  return { cluster, voices, isolation, connections, dns, membership, policies, guards, names };
}
