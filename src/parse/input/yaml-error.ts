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

/** The problem behind a YamlError. Throws everything else again: that is a defect of this program. */
export function problemOf(error: unknown, text: string): Pick<Problem, 'code' | 'message' | 'snippet'> {
  if (error instanceof YamlError) return problemAt(text, error.offset, error.code, error.message);
  throw error;
}
