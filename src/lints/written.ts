import type { Direction } from '../model/direction.ts';
import type { Manifest } from '../model/input.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** A podSelector as it is written, which the read policy no longer shows. */
export interface WrittenSelector {
  /** `spec.ingress[0].from[1].podSelector`. */
  readonly path: string;
  readonly matchLabels: unknown;
  /** The subject's, a peer's of the same namespace, or a peer's beside a namespaceSelector. */
  readonly of: 'subject' | 'neighbour' | 'stranger';
}

/** A list of a rule as it is written. */
export interface WrittenList {
  readonly path: string;
  readonly key: 'from' | 'to' | 'ports';
  readonly value: unknown;
}

const PEERS: Readonly<Record<Direction, { readonly rules: string; readonly key: 'from' | 'to' }>> = {
  Ingress: { rules: 'ingress', key: 'from' },
  Egress: { rules: 'egress', key: 'to' },
};

/** Where the rules of a direction stand: `spec.egress[2]`. */
export function pathOfRule(direction: Direction, rule: number): string {
  return `spec.${PEERS[direction].rules}[${rule}]`;
}

/** Every podSelector of a policy, in its order. */
export function selectorsWritten(manifest: Manifest): readonly WrittenSelector[] {
  const spec = mappingAt(manifest, 'spec');
  const subject = { path: 'spec.podSelector', matchLabels: mappingAt(spec, 'podSelector')['matchLabels'] };
  return [{ ...subject, of: 'subject' }, ...listsWritten(manifest).flatMap(peerSelectors)];
}

/** The lists of every rule, absent ones too. */
export function listsWritten(manifest: Manifest): readonly WrittenList[] {
  const spec = mappingAt(manifest, 'spec');
  return Object.values(PEERS).flatMap(({ rules, key }) =>
    elements(spec[rules]).flatMap((rule, index) =>
      ([key, 'ports'] as const).map((name) => ({
        path: `spec.${rules}[${index}].${name}`,
        key: name,
        value: mapping(rule)[name],
      })),
    ),
  );
}

function peerSelectors({ path, key, value }: WrittenList): readonly WrittenSelector[] {
  if (key === 'ports') return [];
  return elements(value).map((peer, index) => ({
    path: `${path}[${index}].podSelector`,
    matchLabels: mappingAt(mapping(peer), 'podSelector')['matchLabels'],
    of: mapping(peer)['namespaceSelector'] == null ? 'neighbour' : 'stranger',
  }));
}

function mappingAt(value: Mapping, key: string): Mapping {
  return mapping(value[key]);
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
