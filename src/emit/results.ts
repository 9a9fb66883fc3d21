import type { Manifest } from '../model/input.ts';
import type { Problem } from '../model/problem.ts';
import { visible } from './visible.ts';

/** A problem as an item of a ResourceList's `results`, with the fields of the KRM functions specification. */
export function resultOf(problem: Problem): Manifest {
  const { severity, message, code, snippet, resource, field, got, want, file, fileIndex } = problem;
  const text = `${visible(message)} [${code}]`;
  const where = file === undefined ? {} : { path: file, ...(fileIndex === undefined ? {} : { index: fileIndex }) };
  return {
    message: snippet === undefined ? text : `${text}\n${snippet.split('\n').map(visible).join('\n')}`,
    severity,
    ...(resource === undefined ? {} : { resourceRef: referenceOf(resource) }),
    ...(field === undefined ? {} : { field: fieldOf(field, got, want) }),
    ...(file === undefined ? {} : { file: where }),
  };
}

function referenceOf({ apiVersion, kind, name, namespace }: NonNullable<Problem['resource']>): Manifest {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function fieldOf(path: string, got: string | undefined, want: string | undefined): Manifest {
  return {
    path,
    ...(got === undefined ? {} : { currentValue: got }),
    ...(want === undefined ? {} : { proposedValue: want }),
  };
}
