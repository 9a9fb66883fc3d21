import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  KUSTOMIZATION_FILES,
  type Kustomization,
  type ListedFunction,
  readFunctions,
  readKustomization,
} from '../../argocd/kustomization.ts';
import { textOf } from './source.ts';

/** A function that a build runs, and where it is listed. */
export interface FoundFunction extends ListedFunction {
  /** Relative to the outermost kustomization. */
  readonly file: string;
  /** It is a transformer of the outermost kustomization itself, so its config is at hand. */
  readonly isOutermost: boolean;
}

/** The kustomization of a folder; undefined where it is none, which Kustomize says better. */
export function kustomizationOf(folder: string): Kustomization | undefined {
  const text = KUSTOMIZATION_FILES.map((name) => textOf(join(folder, name))).find((found) => found !== undefined);
  return text === undefined ? undefined : readKustomization(text);
}

/** The functions of a build, as far as its files are here. What is fetched from elsewhere is not looked at. */
export function findFunctions(folder: string): FoundFunction[] {
  const found: FoundFunction[] = [];
  visit(folder, { outermost: folder, seen: new Set(), found });
  return found;
}

interface Walk {
  readonly outermost: string;
  readonly seen: Set<string>;
  readonly found: FoundFunction[];
}

function visit(folder: string, walk: Walk): void {
  const { outermost, seen } = walk;
  if (seen.has(folder)) return;
  seen.add(folder);
  const kustomization = kustomizationOf(folder);
  for (const entry of kustomization?.transformers ?? []) visitFunction(folder, entry, folder === outermost, walk);
  for (const entry of kustomization?.others ?? []) visitFunction(folder, entry, false, walk);
  for (const entry of kustomization?.builds ?? []) if (isFolder(join(folder, entry))) visit(join(folder, entry), walk);
}

/** A file, an object as text, or a folder whose kustomization holds configs, so that several overlays can share them. */
function visitFunction(folder: string, entry: string, isOutermost: boolean, walk: Walk): void {
  const path = join(folder, entry);
  if (!entry.includes('\n') && isFolder(path)) {
    const configs = kustomizationOf(path);
    for (const built of configs?.builds ?? [])
      visitFunction(path, built, isOutermost && configs?.isPlain === true, walk);
    visit(path, walk);
    return;
  }
  const text = entry.includes('\n') ? entry : textOf(path);
  const file = relative(walk.outermost, entry.includes('\n') ? join(folder, 'kustomization.yaml') : path);
  walk.found.push(...readFunctions(text ?? '').map((listed) => ({ ...listed, file, isOutermost })));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
