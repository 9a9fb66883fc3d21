import type { Guard } from '../model/identity.ts';

/** Names may have 253 characters; what follows a name says a port or a part. */
const MOST = 230;

/** A name for each guard that no other of its namespace has: that of its workload, with its kind where two have it. */
export function guardNames(guards: readonly Guard[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const guard of guards) counts.set(keyOf(guard), (counts.get(keyOf(guard)) ?? 0) + 1);
  const used = new Set<string>();
  return guards.map((guard) => {
    const { name, kind } = guard.resource;
    const base = counts.get(keyOf(guard)) === 1 ? name : `${name}-${kind.toLowerCase()}`;
    const free = firstFree(shorten(base), (candidate) => used.has(`${guard.namespace}/${candidate}`));
    used.add(`${guard.namespace}/${free}`);
    return free;
  });
}

function keyOf({ namespace, resource }: Guard): string {
  return `${namespace}/${resource.name}`;
}

function firstFree(name: string, isUsed: (name: string) => boolean): string {
  if (!isUsed(name)) return name;
  for (let number = 2; ; number += 1) if (!isUsed(`${name}-${number}`)) return `${name}-${number}`;
}

function shorten(name: string): string {
  return name.slice(0, MOST).replace(/[-.]+$/, '');
}
