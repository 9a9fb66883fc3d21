import { parseArgs } from 'node:util';
import { nearest } from '../model/nearest.ts';

/** The options of a command, as `node:util` describes them. */
export type OptionTable = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

/** The words of a command line, told apart. */
export type Options<Table extends OptionTable> =
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'options';
      readonly values: { readonly [Name in keyof Table]?: Table[Name]['type'] extends 'string' ? string : boolean };
      readonly positionals: readonly string[];
    };

/** Reads the words that follow a command's name. `command` is what a user types to see the options. */
export function readOptions<Table extends OptionTable>(
  words: readonly string[],
  table: Table,
  command: string,
): Options<Table> {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: table,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    const message =
      option === undefined
        ? unknownOption(token.rawName, token.name, Object.keys(table), command)
        : misuse(option.type, token.rawName, token.value);
    if (message !== undefined) return { kind: 'wrong', message };
  }
  return { kind: 'options', values: values as (Options<Table> & { kind: 'options' })['values'], positionals };
}

function misuse(type: 'string' | 'boolean', written: string, value: string | undefined): string | undefined {
  if (type === 'boolean') return value === undefined ? undefined : `${written} must not have a value, got "${value}"`;
  return value === undefined || value === '' ? `${written} must be followed by a value` : undefined;
}

function unknownOption(written: string, name: string, known: readonly string[], command: string): string {
  const near = nearest(name, known);
  const hint = near === undefined ? `${command} --help lists them` : `did you mean "--${near}"?`;
  return `must be an option that ${command} knows, got "${written}" (${hint})`;
}
