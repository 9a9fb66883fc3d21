import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { TESTDATA } from '../golden/golden-case.ts';

/** Where the documents' clusters are. */
export const SEEDS: string = join(TESTDATA, 'seeds');

/** A kustomization of a document's cluster that runs the function, with what it must give beside it. */
export interface SeedBuild {
  /** Its path below `seeds`, with forward slashes: `homelab/cluster`. */
  readonly name: string;
  /** The first part of the name: the folder that holds the whole tree. */
  readonly seed: string;
  readonly folder: string;
}

/** Every folder below `seeds` that has a kustomization and an `input.yaml`, in the order of their names. */
export function seedBuilds(): readonly SeedBuild[] {
  const entries = readdirSync(SEEDS, { recursive: true, withFileTypes: true });
  const tops = entries.filter(({ name }) => name === 'input.yaml').map(({ parentPath }) => parentPath);
  return tops
    .filter((folder) => existsSync(join(folder, 'kustomization.yaml')))
    .sort()
    .map(buildAt);
}

/** The build at a path below `seeds`. */
export function seedBuild(name: string): SeedBuild {
  return buildAt(join(SEEDS, name));
}

/** A file of a seed, as text. */
export function seedFile(seed: string, ...path: readonly string[]): string {
  return readFileSync(join(SEEDS, seed, ...path), 'utf8');
}

function buildAt(folder: string): SeedBuild {
  const name = relative(SEEDS, folder).split(sep).join('/');
  return { name, seed: name.split('/')[0] ?? name, folder };
}
