import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem, Report } from '../model/problem.ts';
import { decode } from '../run.ts';
import { codeOf } from './system-errors.ts';

/** A file that was read. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
}

/** Files of the tools themselves, which hold no objects of a cluster. */
const SKIPPED: ReadonlySet<string> = new Set(['Kptfile', 'kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/**
 * Reads files as they are given, and the YAML and JSON files of folders and their subfolders, sorted by name. What
 * cannot be read is reported.
 */
export function readFiles(paths: readonly string[], report: Report): ReadFile[] {
  const files = paths.flatMap((path) => listFiles(path, report));
  return [...new Set(files)].flatMap((path) => readText(path, report) ?? []);
}

/** Reads one file as UTF-8. */
export function readText(path: string, report: Report): ReadFile | undefined {
  try {
    const decoded = decode([readFileSync(path)]);
    if ('text' in decoded) return { path, text: decoded.text };
    report({ ...decoded.problem, file: path });
  } catch (error) {
    report(unreadable(path, error));
  }
  return undefined;
}

function listFiles(path: string, report: Report): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = listFolder(path);
    if (files.length === 0) report(noFiles(path));
    return files;
  } catch (error) {
    report(unreadable(path, error));
    return [];
  }
}

function listFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : listFolder(path);
      return /\.(?:ya?ml|json)$/.test(entry.name) && !SKIPPED.has(entry.name) ? [path] : [];
    });
}

function noFiles(path: string): Problem {
  const message = `must hold a .yaml, .yml or .json file, got none in "${path}"`;
  return { code: 'unreadable-file', severity: 'error', message, file: path };
}

function unreadable(path: string, error: unknown): Problem {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'reading it is not permitted',
    EISDIR: 'it is a folder',
  };
  const code = codeOf(error) ?? '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  const message = `must be a file or folder that can be read, got "${path}": ${reason}`;
  return { code: 'unreadable-file', severity: 'error', message, file: path };
}
