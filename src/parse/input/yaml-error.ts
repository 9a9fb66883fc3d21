import { YAMLException } from 'js-yaml';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from './point-at.ts';

/** What is wrong with a text as YAML, and where: an offset in the whole text. */
export class YamlError extends Error {
  readonly offset: number;
  readonly code: 'invalid-yaml' | 'alias-expansion';

  constructor(message: string, offset: number, code: YamlError['code'] = 'invalid-yaml') {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

/** Turns an exception of js-yaml into one with its place in the whole text. */
export function yamlErrorOf(error: unknown, text: string, offset: number): unknown {
  if (error instanceof RangeError) return new YamlError('must be valid YAML: its nesting is too deep', offset);
  if (!(error instanceof YAMLException)) return error;
  return new YamlError(`must be valid YAML: ${reasonOf(error, text, offset)}`, offset);
}

/** The problem behind a YamlError. Throws everything else again: that is a defect of this program. */
export function problemOf(error: unknown, text: string): Pick<Problem, 'code' | 'message' | 'snippet'> {
  if (error instanceof YamlError) return problemAt(text, error.offset, error.code, error.message);
  throw error;
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
