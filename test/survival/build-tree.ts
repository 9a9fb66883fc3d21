import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTERN } from '../tools.ts';
import { DATA, type Placement, type Row } from './row.ts';

/** Lays out a row's kustomizations with the function at a placement, and hands the folder to build to `use`. */
export function withTree<Result>(row: Row, placement: Placement, use: (top: string) => Result): Result {
  return withFolder((folder) => {
    cpSync(row.folder, folder, { recursive: true });
    cpSync(join(DATA, 'apps', row.app), join(folder, 'app'), { recursive: true });
    place[placement](folder);
    return use(join(folder, 'top'));
  });
}

/** Lays out an app alone, with the function in its kustomization. */
export function withApp<Result>(app: string, use: (top: string) => Result): Result {
  return withFolder((folder) => {
    cpSync(join(DATA, 'apps', app), join(folder, 'app'), { recursive: true });
    addFunction(join(folder, 'app'));
    return use(join(folder, 'app'));
  });
}

/** Makes a folder for the time of one call. */
export function withFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'postern-survival-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes the function a transformer of a kustomization; `owner` is whose policies it writes. */
export function addFunction(folder: string, owner = 'netpol'): void {
  const config = readFileSync(join(DATA, 'postern.yaml'), 'utf8');
  writeFileSync(
    join(folder, 'postern.yaml'),
    config.replace('POSTERN', POSTERN).replace('name: netpol', `name: ${owner}`),
  );
  appendFileSync(join(folder, 'kustomization.yaml'), 'transformers:\n- postern.yaml\n');
}

const place: Readonly<Record<Placement, (folder: string) => void>> = {
  base: (folder) => addFunction(join(folder, 'app')),
  component: (folder) => {
    const component = join(folder, 'with-postern');
    cpSync(join(DATA, 'component'), component, { recursive: true });
    addFunction(component);
    for (const kustomization of kustomizationsOverApp(folder)) {
      appendFileSync(kustomization, 'components:\n- ../with-postern\n');
    }
  },
  outermost: (folder) => addFunction(join(folder, 'top')),
  again: (folder) => {
    addFunction(join(folder, 'app'));
    addFunction(join(folder, 'top'));
  },
};

function kustomizationsOverApp(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name, 'kustomization.yaml'))
    .filter((path) => existsSync(path) && readFileSync(path, 'utf8').includes('../app'));
}
