const NULL_AND_BOOLEANS = new Set(['null', 'true', 'false']);
const LONGEST = 5;

/** Whether a plain scalar is a null or a boolean in some case or other, rather than text. */
export function isNoText(word: string): boolean {
  return word.length <= LONGEST && NULL_AND_BOOLEANS.has(word.toLowerCase());
}
