import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CASES } from '../cases/case-folder.ts';

/** A file of the corpus beside the repository, by its path inside it. */
export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

const SHARED: string = dirname(CASES);

/** The files of folders beside the repository that end in one of these ways, in alphabetical order. */
export function corpus(folders: readonly string[], ending: RegExp): CorpusFile[] {
  return folders
    .map((folder) => join(SHARED, folder))
    .filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => ending.test(path))
    .sort()
    .map((path) => ({ name: path.slice(SHARED.length + 1), text: readFileSync(path, 'utf8') }));
}

/** What kustomize, kpt and helm really send. */
export const samples = (): CorpusFile[] => corpus(['samples'], /\.(?:in|yaml)$/);

/** Real manifests with every oddity of YAML that was found in the wild. */
export const uglyFiles = (): CorpusFile[] => corpus(['cases/ugly-k8s/files'], /\.(?:ya?ml|json)$/);

/** Every public cluster. */
export function caseInputs(): CorpusFile[] {
  const names = existsSync(CASES) ? readdirSync(CASES) : [];
  return corpus(
    names.map((name) => join('cases', name)),
    /\/input\.yaml$/,
  );
}

/** Conformance tests of YAML itself, and samples of YAML 1.1. */
export function yamlFiles(): CorpusFile[] {
  const folders = ['yaml-test-suite/valid', 'yaml-test-suite/invalid', 'yaml11-samples/pyyaml'];
  const samples11 = [
    'yaml11-samples/js-yaml/samples-common',
    'yaml11-samples/js-yaml/issues',
    'yaml11-samples/js-yaml',
  ];
  return corpus(
    [...folders, ...samples11].map((folder) => join('cases', folder)),
    /\.(?:ya?ml|data|detect)$/,
  );
}
