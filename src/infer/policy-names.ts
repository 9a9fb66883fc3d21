import type { Resource } from '../model/resource.ts';

/** Names of the policies that speak for a namespace as a whole. */
export const DEFAULT_DENY = 'default-deny';
export const ALLOW_DNS = 'allow-dns';
export const ALLOW_NAMESPACE = 'allow-namespace';

const MAX_LENGTH = 253;

/** A policy that needs a name: that of its subject, or a fixed one. */
export interface Wanted {
  readonly namespace: string;
  readonly base: string;
  /** undefined for the policies of a whole namespace. */
  readonly subject: Resource | undefined;
}

/**
 * Names that are free in their namespace, in the order asked. Subjects of one name become `<name>-<kind>`, of one kind
 * too `<name>-<kind>-2`; a name that a hand-written policy has becomes `<name>-postern`. `isTaken` knows those.
 */
export function choosePolicyNames(
  wanted: readonly Wanted[],
  isTaken: (namespace: string, name: string) => boolean,
): string[] {
  const counts = new Map<string, number>();
  for (const each of wanted) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  const used = new Set<string>();
  const names = wanted.map(() => '');
  const byNeed = wanted.map((each, index) => ({ each, index, alone: counts.get(keyOf(each)) === 1 }));
  // Those that keep their plain name choose first, so that a workload called `web-job` does not lose it to a Job `web`.
  for (const { each, index } of [...byNeed.filter(isPlain), ...byNeed.filter((need) => !isPlain(need))]) {
    const plain = isPlain({ each, alone: counts.get(keyOf(each)) === 1 });
    const name = firstFree(plain ? each.base : withKind(each), {
      isTaken: (candidate) => isTaken(each.namespace, candidate),
      isUsed: (candidate) => used.has(`${each.namespace}/${candidate}`),
    });
    used.add(`${each.namespace}/${name}`);
    names[index] = name;
  }
  return names;
}

function isPlain({ each, alone }: { readonly each: Wanted; readonly alone: boolean }): boolean {
  return alone || each.subject === undefined;
}

function withKind({ base, subject }: Wanted): string {
  return shorten(base, subject === undefined ? '' : `-${subject.kind.toLowerCase()}`);
}

function firstFree(
  name: string,
  { isTaken, isUsed }: Readonly<Record<'isTaken' | 'isUsed', (name: string) => boolean>>,
): string {
  const suffix = isTaken(shorten(name, '')) ? '-postern' : '';
  for (let attempt = 1; ; attempt += 1) {
    const candidate = shorten(name, attempt === 1 ? suffix : `${suffix}-${attempt}`);
    if (!isTaken(candidate) && !isUsed(candidate)) return candidate;
  }
}

/** Cuts a name so that it fits with its suffix; a cut must not end in a dot or dash. */
function shorten(name: string, suffix: string): string {
  const cut = name.slice(0, MAX_LENGTH - suffix.length).replace(/[-.]+$/, '');
  return cut + suffix;
}

function keyOf({ namespace, base }: Wanted): string {
  return `${namespace}/${base}`;
}
