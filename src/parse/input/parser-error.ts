import { YAMLException } from 'js-yaml';
import { YamlError } from './yaml-error.ts';

/** Turns an exception of js-yaml into one with its place in the whole text. */
export function yamlErrorOf(error: unknown, text: string, offset: number): unknown {
  if (error instanceof RangeError) return new YamlError('must be valid YAML: its nesting is too deep', offset);
  if (!(error instanceof YAMLException)) return error;
  return new YamlError(`must be valid YAML: ${reasonOf(error, text, offset)}`, offset);
}

/** js-yaml's reasons, in other words where they would puzzle a user. */
function reasonOf({ reason }: YAMLException, text: string, offset: number): string {
  const character = text[offset] ?? ' ';
  if ('@`%'.includes(character)) return `a value that begins with ${character} must be in quotes`;
  if (/(?:^|[\r\n])[ \t]*\t[ \t]*$/.test(text.slice(Math.max(0, offset - 200), offset))) {
    return 'a tab must not be indentation';
  }
  if (reason === 'duplicated mapping key') return 'the key is written twice in one mapping';
  if (reason === 'deficient indentation') return 'this line must be indented further than the key above it';
  if (reason.startsWith('nesting exceeded')) return 'its nesting is too deep';
  return reason;
}
