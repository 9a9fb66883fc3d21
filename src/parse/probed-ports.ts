import { isMapping } from './fields.ts';

/** Ports of a container that the kubelet calls, by number or name. A probe that names a host is not for the pod. */
export function probedPorts(container: unknown): (number | string)[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) =>
    ['httpGet', 'tcpSocket', 'grpc'].flatMap((kind) => {
      const action = at(at(container, name), kind);
      const port = at(action, 'port');
      const isPort = typeof port === 'number' || typeof port === 'string';
      return isPort && at(action, 'host') === undefined ? [port] : [];
    }),
  );
}

function at(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}
