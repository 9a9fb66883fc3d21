import { readOptions } from './options.ts';

/** What the command line asks for. */
export type Arguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'run';
      readonly paths: readonly string[];
      readonly config: string | undefined;
      readonly namespace: string | undefined;
      readonly verbose: boolean;
    };

const OPTIONS = {
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads the command line of the function itself, without the program's name. */
export function readArguments(words: readonly string[]): Arguments {
  // As clients call it. The reader of options is loaded only where there is something to read.
  if (words.length === 0) return { kind: 'run', paths: [], config: undefined, namespace: undefined, verbose: false };
  const read = readOptions(words, OPTIONS, 'postern');
  if (read.kind === 'wrong') return read;
  const { help, version, config, namespace, verbose } = read.values;
  if (help === true) return { kind: 'help' };
  if (version === true) return { kind: 'version' };
  return { kind: 'run', paths: read.positionals, config, namespace, verbose: verbose === true };
}
