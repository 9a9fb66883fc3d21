/** The two directions of a NetworkPolicy, spelled as in its `policyTypes`. */
export type Direction = 'Ingress' | 'Egress';

/** Both directions, in the order in which Postern writes them. */
export const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** What an `isolate` annotation or field says: which directions are closed to everything that nobody declares. */
export type Isolate = 'none' | 'ingress' | 'egress' | 'both';

/** Every direction that one of the two closes. */
export function closedByEither(one: Isolate, other: Isolate): Isolate {
  if (one === 'none' || one === other) return other;
  return other === 'none' ? one : 'both';
}
