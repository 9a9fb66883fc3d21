/**
 * The map under a key, made on first use. Maps in maps, since a key that is made of several words takes longer to make
 * than the look-ups that it spares.
 */
export function inside<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  maps.set(key, made);
  return made;
}
