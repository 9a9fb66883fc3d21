import type { NameRules } from '../model/dialect.ts';
import type { Resource } from '../model/resource.ts';

/** Names of the policies that speak for a namespace as a whole. */
export const DEFAULT_DENY = 'default-deny';
export const ALLOW_DNS = 'allow-dns';
export const ALLOW_MESH = 'allow-mesh';
export const ALLOW_NAMESPACE = 'allow-namespace';

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
  { longest }: NameRules,
): string[] {
  const counts = new Map<string, number>();
  const keys = wanted.map(keyOf);
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const used = new Set<string>();
  const names = wanted.map(() => '');
  const needs = wanted.map((each, index) => {
    const isPlain = each.subject === undefined || counts.get(keys[index] as string) === 1;
    return { each, index, isPlain, isKept: isPlain && !isTaken(each.namespace, shorten(each.base, '', longest)) };
  });
  // Those that keep their plain name choose first, so that a workload `web-job` does not lose it to a Job `web`.
  const inTurn = [needs.filter(({ isKept }) => isKept), needs.filter(({ isKept }) => !isKept)].flat();
  for (const { each, isPlain, index } of inTurn) {
    const { namespace } = each;
    const name = firstFree(isPlain ? each.base : withKind(each, longest), {
      longest,
      isTaken: (candidate) => isTaken(namespace, candidate),
      isUsed: (candidate) => used.has(`${namespace}/${candidate}`),
    });
    used.add(`${namespace}/${name}`);
    names[index] = name;
  }
  return names;
}

function withKind({ base, subject }: Pick<Wanted, 'base' | 'subject'>, longest: number): string {
  return shorten(base, subject === undefined ? '' : `-${subject.kind.toLowerCase()}`, longest);
}

function firstFree(
  name: string,
  {
    longest,
    isTaken,
    isUsed,
  }: Readonly<Record<'isTaken' | 'isUsed', (name: string) => boolean>> & { readonly longest: number },
): string {
  const suffix = isTaken(shorten(name, '', longest)) ? '-postern' : '';
  for (let attempt = 1; ; attempt += 1) {
    const candidate = shorten(name, attempt === 1 ? suffix : `${suffix}-${attempt}`, longest);
    if (!isTaken(candidate) && !isUsed(candidate)) return candidate;
  }
}

/** Cuts a name so that it fits with its suffix; a cut must not end in a dot or dash. */
function shorten(name: string, suffix: string, longest: number): string {
  return withoutEndMarks(name.slice(0, longest - suffix.length)) + suffix;
}

/** What the policy of a workload is called, as far as a dialect takes its name. */
export function nameOfWorkloadPolicy(workload: string, { dots }: NameRules): string {
  return withoutEndMarks(dots ? workload : workload.replaceAll('.', '-'));
}

/** A name that does not end in a dot or dash. */
function withoutEndMarks(name: string): string {
  return name.endsWith('-') || name.endsWith('.') ? name.replace(/[-.]+$/, '') : name;
}

function keyOf({ namespace, base }: Wanted): string {
  return `${namespace}/${base}`;
}
