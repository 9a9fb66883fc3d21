import { parseArgs } from 'node:util';
import { nearest } from '../model/nearest.ts';

/** What the command line asks for. */
export type Arguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'run';
      readonly paths: readonly string[];
      readonly config: string | undefined;
      readonly verbose: boolean;
    };

const OPTIONS = {
  config: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads the command line, without the program's name. */
export function readArguments(words: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const message = Object.hasOwn(OPTIONS, token.name)
      ? misuse(token.name as keyof typeof OPTIONS, token.rawName, token.value)
      : unknownOption(token.rawName, token.name);
    if (message !== undefined) return { kind: 'wrong', message };
  }
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const config = typeof values.config === 'string' ? values.config : undefined;
  return { kind: 'run', paths: positionals, config, verbose: values.verbose === true };
}

function misuse(name: keyof typeof OPTIONS, written: string, value: string | undefined): string | undefined {
  const takesValue = OPTIONS[name].type === 'string';
  if (takesValue && (value === undefined || value === '')) return `${written} must be followed by a file's name`;
  return !takesValue && value !== undefined ? `${written} must not have a value, got "${value}"` : undefined;
}

function unknownOption(written: string, name: string): string {
  const near = nearest(name, Object.keys(OPTIONS));
  const hint = near === undefined ? 'postern --help lists them' : `did you mean "--${near}"?`;
  return `must be an option that Postern knows, got "${written}" (${hint})`;
}
