/** A list cut into lists of at most `size`. */
export function pagesOf<Entry>(list: readonly Entry[], size: number): readonly (readonly Entry[])[] {
  const count = Math.ceil(list.length / size);
  return Array.from({ length: count }, (_, page) => list.slice(page * size, (page + 1) * size));
}
