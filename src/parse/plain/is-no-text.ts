const NULL_OR_BOOLEAN = /^(?:null|true|false)$/i;
const LONGEST = 5;

/** Whether a plain scalar is a null or a boolean in some case or other, rather than text. */
export function isNoText(word: string): boolean {
  return word.length <= LONGEST && NULL_OR_BOOLEAN.test(word);
}
