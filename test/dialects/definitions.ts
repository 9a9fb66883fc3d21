import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../tools.ts';
import { checker } from './run-checker.ts';

/** Which ClusterNetworkPolicy there is: the experimental one has more peers. */
export type Channel = 'standard' | 'experimental';

/** The files of CustomResourceDefinitions: those that came with the checkers, and those that the tests restate. */
export function definitionFiles(channel: Channel): readonly string[] {
  const installed = join(dirname(realpathSync(checker('crd-check'))), 'definitions');
  const restated = join(ROOT, 'test', 'dialects', 'definitions');
  return [installed, join(installed, channel), restated].flatMap(filesIn);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name));
}
