import { nearest } from '../model/nearest.ts';
import type { Named, NameIndex } from './name-index.ts';
import { candidatesFor, type Speaker } from './resolve-name.ts';

/** A name as a list writes it: `cart`, or `cart` of the namespace `shop`. */
interface Written {
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * What a name that means nothing was probably meant to be: the same name in another namespace, else the nearest one
 * where the speaker looked. Previous names count, because those are what is written in a base.
 */
export function suggestName(
  written: Written,
  index: NameIndex,
  aliases: Iterable<string>,
  speaker: Speaker,
): string | undefined {
  const { name, namespace } = written;
  // The very name in another namespace is likelier than another name here.
  const [elsewhere] = (index.byName.get(name) ?? [])
    .flatMap((named) => itemElsewhere(named, written, index, speaker))
    .sort();
  if (elsewhere !== undefined) return elsewhere;
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  const known = new Set(namespace === undefined ? aliases : []);
  const candidates = [...known, ...[...index.byName.keys()].map((called) => prefix + called)];
  const mayWrite = (text: string): boolean =>
    known.has(text) || hasMeaning(text.slice(prefix.length), written, index, speaker);
  return nearest(prefix + name, candidates, mayWrite);
}

/** Whether the speaker may write that name there, for another object than itself. */
function hasMeaning(called: string, { namespace }: Written, index: NameIndex, speaker: Speaker): boolean {
  return candidatesFor(index, called, namespace, speaker).some(
    ({ resource }) => namespace !== undefined || resource !== speaker.resource,
  );
}

/** How the speaker would write an object of that name in another namespace than the one where it looked. */
function itemElsewhere(named: Named, { name, namespace }: Written, index: NameIndex, speaker: Speaker): string[] {
  const wanted = namespace ?? speaker.namespace;
  const { resource, namespace: at } = named;
  // What another build moved out of the wanted namespace was refused: it must not be proposed either.
  if (at === wanted || at === '' || resource.previousNamespaces.includes(wanted)) return [];
  if (!candidatesFor(index, name, at, speaker).some((other) => other.resource === resource)) return [];
  return [at === speaker.namespace ? name : `${at}/${name}`];
}
