import type { Probe, ProbeObject, ProbePlan } from '../../model/probe.ts';
import { dumpYaml } from '../dump-yaml.ts';
import { leftOutLines } from './left-out-lines.ts';

/** Kinds that netassert finds pods of, as it spells them. */
export const NETASSERT_KINDS: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'deployment'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
  ['Pod', 'pod'],
]);

/** Tries before a connection counts as closed. */
const ATTEMPTS = 3;

/** Seconds until netassert's container must run, its image included. */
const START_WITHIN = 60;

/**
 * Prints the tests of netassert v2 for a plan. It connects from inside a workload's own pod, so only what the kinds that
 * it knows make can be named.
 */
export function printNetassert({ probes, leftOut }: ProbePlan, { seconds }: { readonly seconds: number }): string {
  const tests = probes.flatMap((probe) => testOf(probe, seconds) ?? []);
  return [
    '# Tests for netassert v2, written by postern script from NetworkPolicies: netassert run --input-file FILE',
    ...leftOutLines(leftOut),
    tests.length === 0 ? '[]\n' : dumpYaml(tests),
  ].join('\n');
}

function testOf(probe: Probe, seconds: number): object | undefined {
  const { client, target, protocol, port, wants } = probe;
  const [source, destination] = [resourceOf(client), resourceOf(target)];
  if (source === undefined || destination === undefined) return undefined;
  return {
    name: `${textOf(probe)} must be ${wants}`,
    type: 'k8s',
    protocol: protocol.toLowerCase(),
    targetPort: port,
    timeoutSeconds: START_WITHIN + ATTEMPTS * seconds,
    attempts: ATTEMPTS,
    exitCode: wants === 'allowed' ? 0 : 1,
    src: { k8sResource: source },
    dst: { k8sResource: destination },
  };
}

function resourceOf(end: { readonly namespace: string; readonly object: ProbeObject | undefined }): object | undefined {
  const kind = NETASSERT_KINDS.get(end.object?.kind ?? '');
  return kind === undefined || end.object === undefined
    ? undefined
    : { kind, name: end.object.name, namespace: end.namespace };
}

function textOf({ client, target, protocol, port }: Probe): string {
  return `${client.name} -> ${target.name}:${port}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`;
}
