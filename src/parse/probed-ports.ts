import { isMapping } from './fields.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const ACTIONS = ['httpGet', 'tcpSocket', 'grpc'] as const;

/** Ports of a container that the kubelet calls, by number or name. A probe that names a host is not for the pod. */
export function probedPorts(container: unknown): (number | string)[] {
  const ports: (number | string)[] = [];
  for (const name of PROBES) {
    const probe = at(container, name);
    if (probe === undefined) continue;
    for (const kind of ACTIONS) {
      const action = at(probe, kind);
      const port = at(action, 'port');
      const isPort = typeof port === 'number' || typeof port === 'string';
      if (isPort && at(action, 'host') === undefined) ports.push(port);
    }
  }
  return ports;
}

function at(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}
