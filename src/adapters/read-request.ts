import type { Problem } from '../model/problem.ts';
import { decode, type RunRequest } from '../run.ts';
import { readAll } from './read-all.ts';
import { readFiles, readText } from './read-files.ts';
import { codeOf } from './system-errors.ts';

/** What a command is to work on, or why it cannot be read. `text` is stdin as far as it was read, to go out unchanged. */
export type ReadRequest =
  | { readonly request: RunRequest; readonly text: string }
  | { readonly problems: readonly Problem[]; readonly text: string };

/** What the command line says beside the paths. */
export interface RequestOptions {
  /** The path of the config's file. */
  readonly config?: string | undefined;
  /** The namespace of objects that name none. */
  readonly namespace?: string | undefined;
}

/** Reads files and folders, or stdin where none are named, and the config's file. */
export function readRequest(paths: readonly string[], options: RequestOptions): ReadRequest {
  const problems: Problem[] = [];
  const collect = (problem: Problem): void => void problems.push(problem);
  const input = paths.length > 0 ? readFiles(paths, collect) : readStdin(collect);
  const config = options.config === undefined ? undefined : readText(options.config, collect);
  const text = typeof input === 'string' ? input : '';
  if (input === undefined || problems.length > 0) return { problems, text };
  const { namespace } = options;
  const said = { ...(config && { config: { text: config.text, file: config.path } }), ...(namespace && { namespace }) };
  return { request: { input, ...said }, text };
}

/** The ResourceList that kustomize and kpt send, or a plain stream of documents. */
function readStdin(report: (problem: Problem) => void): string | undefined {
  try {
    const decoded = decode(readAll(0));
    if ('text' in decoded) return decoded.text;
    report(decoded.problem);
  } catch (error) {
    const code = codeOf(error);
    // A closed stdin is an empty one.
    if (code === 'EBADF') return '';
    const message = `stdin must be readable, got ${error instanceof Error ? error.message : String(error)}`;
    report({ code: 'unreadable-file', severity: 'error', message });
  }
  return undefined;
}
