import { nameOf } from '../../infer/subject.ts';
import type { Caller } from '../../model/caller.ts';
import type { Service } from '../../model/service.ts';
import { selects } from '../../policy/match-labels.ts';
import { findController } from '../ingress-pods.ts';
import { proxyOf } from '../outsiders.ts';
import { findPrometheus } from '../prometheus.ts';
import { endOf, endOfService, type RevealScene } from '../reveal-scene.ts';
import type { End, PodsEnd, Revealed } from '../revealed.ts';
import { EVERY_DECLARED, portsOfCaller } from '../wanted-ports.ts';

/** Ingresses, routes, webhooks, APIServices and monitors. */
export function revealCallers(scene: RevealScene): Revealed[] {
  return scene.callers.flatMap((caller) => {
    const sources = sourcesOf(caller, scene);
    return targetsOf(caller, scene).flatMap((target) => {
      const ports = portsOfCaller(caller.ports, target);
      // A monitor's selector finds Services that do not have its port, and those are not scraped.
      if (ports === undefined && caller.from.kind === 'prometheus') return [];
      const seen = `${nameOf(caller.resource)} ${caller.field}`;
      return sources.map((source) => ({
        source,
        target,
        ports: ports ?? EVERY_DECLARED,
        sureness: 'certain' as const,
        seen,
      }));
    });
  });
}

/** The pods that send the traffic, where they are in the input. */
function sourcesOf({ from }: Caller, scene: RevealScene): readonly End[] {
  const present =
    from.kind === 'prometheus'
      ? findPrometheus(scene)
      : from.kind === 'ingress-controller'
        ? findController(from.className, scene)
        : [];
  return present.length > 0 ? present : proxyOf(from, scene.ciliumGateways, scene.cluster.config);
}

function targetsOf({ target, namespace }: Caller, scene: RevealScene): PodsEnd[] {
  if ('pods' in target) {
    return scene.cluster.workloads
      .filter((workload) => namespace === undefined || workload.namespace === namespace)
      .filter(({ labels, origin }) => origin !== 'service' && selects(target.pods, labels))
      .map((workload) => endOf(scene, workload));
  }
  const isMeant = (service: Service): boolean =>
    'service' in target ? service.resource.name === target.service : selects(target.selector, service.resource.labels);
  return [...scene.services.values()]
    .filter((service) => (namespace === undefined || service.namespace === namespace) && isMeant(service))
    .flatMap((service) => endOfService(scene, service) ?? []);
}
