import type { Endpoints, Service } from '../model/service.ts';
import { workloadOfEndpoints } from './stand-in.ts';
import type { Front } from './target-ports.ts';

/**
 * A selectorless Service and what is behind it, for reading ports: a connection arrives at the endpoint's port of the
 * same name, whatever the Service's own number and targetPort are.
 */
export function frontOfEndpoints(service: Service, endpoints: readonly Endpoints[]): Front {
  const workload = workloadOfEndpoints(service, endpoints);
  const ports = service.ports.flatMap((entry) =>
    workload.ports
      .filter(({ name, protocol }) => name === entry.name && protocol === entry.protocol)
      .map(({ port }) => ({ ...entry, targetPort: port })),
  );
  const led = { ...service, ports };
  return { workload, services: [led], named: led };
}
