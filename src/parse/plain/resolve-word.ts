import { isNoText } from './is-no-text.ts';
import { ODD } from './odd.ts';

const PORT_LIKE = /^(?:0|[1-9][0-9]{0,14})$/;
/** More than YAML's numbers; what only looks like one is for the parser to decide. */
const MAY_BE_DECIMAL = /^[-+]?\.?[0-9][0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?$/;
const MAY_BE_OTHER_NUMBER = /^[-+]?\.?(?:0[box][0-9a-f_]+|inf|nan)$/i;
const BEFORE_OTHER_NUMBERS = '+-.0';

/** What a plain scalar means: text, a whole number without a sign, `true`, `false` or `null`. Throws ODD. */
export function resolveWord(word: string): unknown {
  const first = word.charCodeAt(0);
  if (first < 58) {
    if (PORT_LIKE.test(word)) return Number(word);
    if (mayBeNumber(word)) throw ODD;
    return word;
  }
  if (!isNoText(word)) return word;
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  throw ODD;
}

function mayBeNumber(word: string): boolean {
  if (MAY_BE_DECIMAL.test(word)) return true;
  return BEFORE_OTHER_NUMBERS.includes(word.charAt(0)) && MAY_BE_OTHER_NUMBER.test(word);
}
