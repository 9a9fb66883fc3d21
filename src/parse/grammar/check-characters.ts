import type { OnFault, Token } from './fault.ts';
import { foreignCharacter } from './foreign-character.ts';

const VARIABLE = /\{\{|\}\}|\$\{|\$\(|\$[A-Za-z_]|<[^<>]*>/;
const ITEM = /^[A-Za-z0-9._\-/:=&!*+]*$/;

/** Whether an item has only characters that some item may have; says what the first other one is. */
export function checkCharacters(token: Token, onFault: OnFault): boolean {
  // No variable is without one of the other characters.
  if (ITEM.test(token.text)) return true;
  const variable = VARIABLE.exec(token.text);
  if (variable === null) onFault(foreignCharacter(token));
  else {
    onFault({
      code: 'unreplaced-variable',
      at: token.offset + variable.index,
      must: 'must not have a variable that nothing has replaced',
      got: token.text,
      advice: 'run the tool that fills it in before Postern',
    });
  }
  return false;
}
