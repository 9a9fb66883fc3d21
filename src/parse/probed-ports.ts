import { isMapping } from './fields.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const ACTIONS = ['httpGet', 'tcpSocket', 'grpc'] as const;

/** Ports of a container that the kubelet calls, by number or name. A probe that names a host is not for the pod. */
export function probedPorts(container: unknown): (number | string)[] {
  const probes = PROBES.map((name) => at(container, name)).filter((probe) => probe !== undefined);
  return probes.flatMap((probe) => ACTIONS.flatMap((kind) => portOf(at(probe, kind))));
}

function portOf(action: unknown): [] | [number | string] {
  const port = at(action, 'port');
  const isPort = typeof port === 'number' || typeof port === 'string';
  return isPort && at(action, 'host') === undefined ? [port] : [];
}

function at(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}
