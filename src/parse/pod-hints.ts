import type { PodHints, PodText } from '../model/pod-text.ts';
import { at, list, type PodScene, readContainer } from './container-texts.ts';
import { probedPorts } from './probed-ports.ts';

/**
 * What the containers of a pod template say, init containers and sidecars included, and what they mount from ConfigMaps.
 * Secrets are never read.
 */
export function readPodHints(template: unknown, scene: PodScene): Omit<PodHints, 'isSingle'> {
  const spec = at(template, 'spec');
  const containers = [...list(at(spec, 'initContainers')), ...list(at(spec, 'containers'))];
  const read = containers.map((container) => readContainer(container, scene));
  const mounted = readVolumes(spec, scene);
  const account = at(spec, 'serviceAccountName') ?? at(spec, 'serviceAccount');
  return {
    texts: [...read.flatMap(({ texts }) => texts), ...mounted.texts],
    unread: [...new Set([...read.flatMap(({ unread }) => unread), ...mounted.unread])],
    serviceAccount: typeof account === 'string' ? account : 'default',
    probes: [...new Set(containers.flatMap(probedPorts).map(String))],
  };
}

function readVolumes(spec: unknown, { configMap }: PodScene): Pick<PodHints, 'texts' | 'unread'> {
  const texts: PodText[] = [];
  const unread: string[] = [];
  for (const source of list(at(spec, 'volumes')).flatMap(configMapsOf)) {
    const name = at(source, 'name');
    if (typeof name !== 'string') continue;
    const data = configMap(name);
    if (data === undefined) unread.push(`ConfigMap "${name}"`);
    const picked = list(at(source, 'items')).map((item) => at(item, 'key'));
    for (const [key, text] of Object.entries(data ?? {})) {
      if (picked.length > 0 && !picked.includes(key)) continue;
      const where = `ConfigMap "${name}" key ${key}`;
      texts.push({ text, key, where, form: 'file', scope: where });
    }
  }
  return { texts, unread };
}

/** The ConfigMaps of one volume; a projected one has several. */
function configMapsOf(volume: unknown): unknown[] {
  const projected = list(at(at(volume, 'projected'), 'sources')).map((source) => at(source, 'configMap'));
  return [at(volume, 'configMap'), ...projected].filter((source) => source !== undefined);
}
