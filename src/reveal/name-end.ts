import { membersOf, resolveItem } from '../infer/resolve-item.ts';
import type { ResolvedPeer } from '../infer/resolved.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Kit } from './kit.ts';
import type { PodsEnd } from './revealed.ts';

/** An item without ports that means exactly an end's pods. */
export interface EndName {
  readonly text: string;
  readonly peer: ResolvedPeer;
}

/**
 * How the lists of `speaker` call an end: by its name, else by its labels, which speak for one side only. Each spelling is
 * resolved as the generator would; undefined where none means these pods and no others.
 */
export function nameEnd(end: PodsEnd, speaker: Resource, namespace: string, kit: Kit): EndName | undefined {
  const wanted = new Set(end.workloads);
  for (const text of spellings(end, namespace)) {
    const [item, ...more] = kit.read(text);
    if (item === undefined || more.length > 0) continue;
    const [found, ...others] = resolveItem(
      item,
      { resource: speaker, namespace, writtenBy: 'object' },
      kit.names,
      {},
      () => {},
    );
    if (found === undefined || others.length > 0) continue;
    const members = membersOf(kit.names.cluster, found.peer, namespace);
    if (members.length === wanted.size && members.every((member) => wanted.has(member))) {
      return { text, peer: found.peer };
    }
  }
  return undefined;
}

function spellings({ resource, namespace: own, workloads }: PodsEnd, namespace: string): string[] {
  const isNear = own === namespace;
  const [only, ...more] = workloads;
  const names = [resource.name, ...(only !== undefined && more.length === 0 ? [only.resource.name] : [])];
  const written = [...new Set(names)].flatMap((name) => (isNear ? [name, `./${name}`] : [`${own}/${name}`]));
  const labels = only === undefined || more.length > 0 ? undefined : labelsOf(only);
  if (labels === undefined || (!isNear && own === '')) return own === '' && !isNear ? [] : written;
  return [...written, ...(isNear ? [labels, `./${labels}`] : [`${own}/${labels}`])];
}

function labelsOf({ selector }: Workload): string | undefined {
  const isPlain = selector.every(({ operator, values }) => operator === 'In' && values.length === 1);
  return isPlain && selector.length > 0
    ? selector.map(({ key, values }) => `${key}=${values[0]}`).join('&')
    : undefined;
}
