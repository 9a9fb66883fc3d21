import { nameOf } from '../../infer/subject.ts';
import type { StringMap } from '../../model/resource.ts';
import { findPrometheus } from '../prometheus.ts';
import { endOf, endOfService, type RevealScene } from '../reveal-scene.ts';
import type { PodsEnd, Revealed } from '../revealed.ts';
import { EVERY_DECLARED, portOnEach } from '../wanted-ports.ts';

/** `prometheus.io/scrape` on pods and Services: a convention of the community chart. */
export function revealScraped(scene: RevealScene): Revealed[] {
  const pods = scene.cluster.workloads
    .filter(({ origin }) => origin === 'template')
    .map((workload): [StringMap, PodsEnd | undefined, string] => [
      workload.podAnnotations,
      endOf(scene, workload),
      `the pods of ${nameOf(workload.resource)}`,
    ]);
  const services = [...scene.services.values()].map((service): [StringMap, PodsEnd | undefined, string] => [
    service.resource.annotations,
    endOfService(scene, service),
    nameOf(service.resource),
  ]);
  return [...pods, ...services].flatMap(([annotations, target, where]) =>
    target === undefined || annotations['prometheus.io/scrape'] !== 'true'
      ? []
      : revealTarget(annotations['prometheus.io/port'], target, where, scene),
  );
}

function revealTarget(port: string | undefined, target: PodsEnd, where: string, scene: RevealScene): Revealed[] {
  const number = Number(port);
  const isPort = Number.isInteger(number) && number > 0 && number < 65536;
  return findPrometheus(scene).map((source) => ({
    source,
    target,
    ports: isPort ? portOnEach(number, target.workloads) : EVERY_DECLARED,
    sureness: 'likely',
    seen: `prometheus.io/scrape of ${where}`,
  }));
}
