import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the real clusters lie: beside the repository, never in it. Tests run from the repository's root. */
export const CASES: string = resolve('../shared/cases');

/** One real cluster that others wrote. */
export interface Case {
  readonly name: string;
  readonly input: string;
  readonly edges: string;
}

/** The folders that have both an input and a table of who reaches whom, in alphabetical order. */
export function casesWithEdges(): readonly Case[] {
  if (!existsSync(CASES)) return [];
  return readdirSync(CASES)
    .sort()
    .filter((name) => hasFile(name, 'input.yaml') && hasFile(name, 'edges.txt'))
    .map((name) => ({ name, input: readCaseFile(name, 'input.yaml'), edges: readCaseFile(name, 'edges.txt') }));
}

/** The names of every folder that has an input, also where nobody knows who reaches whom. */
export function casesWithInput(): readonly string[] {
  return existsSync(CASES)
    ? readdirSync(CASES)
        .sort()
        .filter((name) => hasFile(name, 'input.yaml'))
    : [];
}

/** A file of a case, as text. */
export function readCaseFile(name: string, file: string): string {
  return readFileSync(join(CASES, name, file), 'utf8');
}

/**
 * A `describe` over the real clusters. Where they are absent it is skipped, which is said on stderr; with CI=true that is a
 * failure, since a skipped check is no check.
 */
export function describeCases(title: string, tests: () => void): void {
  if (existsSync(CASES)) {
    describe(title, tests);
    return;
  }
  const message = `the real clusters are not at ${CASES}`;
  if (process.env['CI'] === 'true') {
    it(title, () => assert.fail(message));
  } else {
    console.error(`SKIPPED: ${title}: ${message}`);
    it.skip(title);
  }
}

function hasFile(name: string, file: string): boolean {
  return existsSync(join(CASES, name, file));
}
