import type { Config } from '../../model/config.ts';
import type { Report } from '../../model/problem.ts';
import { openInput } from '../input/open-input.ts';
import { readConfig } from './read-config.ts';

/** Reads the config from the text of a file of its own. Problems carry the file. */
export function readConfigText(
  { text, file }: { readonly text: string; readonly file: string },
  report: Report,
): Config {
  const place = { file };
  const input = openInput(text, (problem) => {
    const isEmpty = problem.code === 'empty-input';
    report({ ...problem, ...place, ...(isEmpty ? { message: 'must hold one object, got none' } : {}) });
  });
  const [item, second] = input?.items ?? [];
  if (second !== undefined) {
    report({ ...place, code: 'invalid-config', severity: 'error', message: 'must hold one object, got several' });
  }
  const read = item?.read();
  if (read === undefined) return readConfig(undefined, place, report);
  if ('problem' in read) {
    report({ ...place, severity: 'error', ...read.problem });
    return readConfig(undefined, place, report);
  }
  return readConfig(read.value, place, report);
}
