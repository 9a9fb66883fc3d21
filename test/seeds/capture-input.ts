import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kustomizeBuild } from '../survival/run-client.ts';
import { SEEDS, type SeedBuild } from './seed.ts';

/** Writes what Kustomize sends to a function into `input.yaml` beside it, and gives it back. */
const TEE = '#!/bin/sh\nexec tee "$(dirname "$0")/input.yaml"\n';

/** The exact bytes that Kustomize sends to the function: a copy of the tree is built with another program in its place. */
export function captureInput(kustomize: string, { name, seed }: SeedBuild): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-seeds-'));
  try {
    cpSync(join(SEEDS, seed), join(folder, 'testdata', 'seeds', seed), { recursive: true });
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'postern.js'), TEE);
    chmodSync(join(folder, 'dist', 'postern.js'), 0o755);
    const { status, stderr } = kustomizeBuild(kustomize, join(folder, 'testdata', 'seeds', name));
    if (status !== 0) throw new Error(stderr);
    return readFileSync(join(folder, 'dist', 'input.yaml'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
