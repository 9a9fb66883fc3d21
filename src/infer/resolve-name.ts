import type { Direction } from '../model/direction.ts';
import type { Resource } from '../model/resource.ts';
import type { Named, NameIndex } from './name-index.ts';

/** Who uses a name, and where: names are looked up in the speaker's own build. */
export interface Speaker {
  /** undefined: the config. */
  readonly resource: Resource | undefined;
  readonly namespace: string;
  /** Who wrote the list. The config's `always` and `dns` belong to no namespace, though they are read for each. */
  readonly writtenBy: 'object' | 'config';
  /** Of the list that uses it; undefined where the peer is for no list. */
  readonly direction?: Direction;
}

/**
 * The objects that a name may stand for, as Kustomize resolves references: an object answers to its present name and
 * to its previous ones, in its present namespace and in its previous ones. Of several candidates those of the
 * speaker's own build stay, so that two copies of one base in one input never reach each other. More than one answer
 * is for the caller to judge.
 */
export function candidatesFor(
  index: NameIndex,
  name: string,
  namespace: string | undefined,
  speaker: Speaker,
): readonly Named[] {
  const inPlace = index.byPlace.get(namespace ?? speaker.namespace)?.get(name) ?? [];
  const found = inPlace.filter(
    (named) =>
      (namespace === undefined ? named.namespace === speaker.namespace : answersTo(named, namespace, speaker)) &&
      sameBuild(named, name, speaker),
  );
  return found.length < 2 || isOneCopy(found, name, speaker)
    ? found
    : narrow(found, [
        (all) => keepLongestChain(all, speaker),
        (all) => all.filter((named) => named.namespace === speaker.namespace),
        (all) =>
          all.filter((named) => named.resource.name === name && named.namespace === (namespace ?? named.namespace)),
      ]);
}

/** The usual case, where nothing was renamed or moved: no candidate is nearer than another. */
function isOneCopy(found: readonly Named[], name: string, { resource, namespace }: Speaker): boolean {
  if (resource !== undefined && resource.prefixes.length + resource.suffixes.length > 0) return false;
  return found.every((named) => named.namespace === namespace && named.resource.name === name);
}

/** How many of the outermost prefixes and suffixes two objects share. */
export function sharedChain(a: Resource, b: Resource): number {
  return sharedEnd(a.prefixes, b.prefixes) + sharedEnd(a.suffixes, b.suffixes);
}

/**
 * A speaker that was moved out of the wanted namespace itself means by it the namespace that it is in now: staging's
 * `shop/cart` never means the cart that production moved out of the same `shop`.
 */
function answersTo({ resource, namespace }: Named, wanted: string, speaker: Speaker): boolean {
  if (namespace === wanted) return true;
  if (!resource.previousNamespaces.includes(wanted)) return false;
  return namespace === speaker.namespace || speaker.resource?.previousNamespaces.includes(wanted) !== true;
}

/**
 * A previous name is known only inside the build that renamed the object. Two objects whose outermost prefixes (or
 * suffixes) differ come from different builds: staging's `web` never means production's `cart`.
 */
function sameBuild({ resource }: Named, name: string, speaker: Speaker): boolean {
  if (resource.name === name || speaker.resource === undefined) return true;
  return agree(resource.prefixes, speaker.resource.prefixes) && agree(resource.suffixes, speaker.resource.suffixes);
}

function agree(a: readonly string[], b: readonly string[]): boolean {
  const shared = sharedEnd(a, b);
  return shared === a.length || shared === b.length;
}

function keepLongestChain(all: readonly Named[], { resource }: Speaker): readonly Named[] {
  if (resource === undefined || resource.prefixes.length + resource.suffixes.length === 0) return all;
  const lengths = all.map((named) => sharedChain(named.resource, resource));
  const longest = Math.max(...lengths);
  return all.filter((_, index) => lengths[index] === longest);
}

/** Applies each step to what the earlier ones left, unless it would leave nothing. */
function narrow(
  found: readonly Named[],
  steps: readonly ((all: readonly Named[]) => readonly Named[])[],
): readonly Named[] {
  return steps.reduce((left, step) => {
    if (left.length < 2) return left;
    const kept = step(left);
    return kept.length === 0 ? left : kept;
  }, found);
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}
