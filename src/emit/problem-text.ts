import type { Problem } from '../model/problem.ts';
import { visible } from './visible.ts';

/**
 * A problem as lines for people, without a newline at the end: one line, then its snippet, indented. Item numbers are
 * counted from one. Control characters of user values are written as escapes.
 */
export function printProblem(problem: Problem): string {
  const { severity, message, code, snippet } = problem;
  const words = [`[${severity}]`, subjectOf(problem), `${message} [${code}]`, placeOf(problem)];
  const line = visible(words.filter((word) => word !== '').join(' '));
  const below = snippet === undefined ? [] : snippet.split('\n').map((text) => `    ${visible(text)}`.trimEnd());
  return [line, ...below].join('\n');
}

/** `apps/v1/Deployment/shop/web spec.ports[0].port:`; '' where the problem has neither object nor field. */
function subjectOf({ resource, field }: Problem): string {
  const words = [resource === undefined ? '' : nameOf(resource), field ?? ''].filter((word) => word !== '');
  return words.length === 0 ? '' : `${words.join(' ')}:`;
}

function nameOf({ apiVersion, kind, namespace, name }: NonNullable<Problem['resource']>): string {
  return [apiVersion, kind, namespace ?? '', name].filter((word) => word !== '').join('/');
}

/** The file and the position there; where no file is known, the position in the input. */
function placeOf({ file, fileIndex, item }: Problem): string {
  const index = file === undefined ? item : (fileIndex ?? item);
  const words = [file ?? '', index === undefined ? '' : `item ${index + 1}`].filter((word) => word !== '');
  return words.length === 0 ? '' : `(${words.join(', ')})`;
}
