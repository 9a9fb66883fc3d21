import { printProblem } from '../run.ts';
import { COMMANDS, type Command } from './commands.ts';
import { defect, tell } from './finish.ts';
import { generate } from './generate.ts';

/**
 * The program: `words` are its arguments. The first may name a command; without one it is the function. Answers the
 * exit status.
 */
export async function main(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const load = COMMANDS.get(name);
  try {
    if (load === undefined) return generate(words);
    const command: Command = await load();
    return await command(rest);
  } catch (error) {
    return tell(1, [printProblem(defect(error))]);
  }
}
