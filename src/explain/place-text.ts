import type { Resource } from '../model/resource.ts';

/** Where an object is written: `shop.yaml, item 3`. */
export function placeText({ source: { file, fileIndex, item } }: Resource): string {
  const index = file === undefined ? item : (fileIndex ?? item);
  if (index < 0) return 'the config';
  return file === undefined ? `item ${index + 1}` : `${file}, item ${index + 1}`;
}
