import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './tools.ts';

/** A section of docs/problems.md: `### `code` (severity)`, and its examples. */
interface Section {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
}

describe('docs/problems.md', () => {
  const sections = readSections();
  const codes = codesOfSource();
  const seen = seenProblems();

  it('has a section for every code of the source', () => {
    assert.ok(codes.size > 60, `only ${codes.size} codes were found in src`);
    const documented = new Set(sections.map(({ code }) => code));
    assert.deepEqual(
      [...codes].filter((code) => !documented.has(code)),
      [],
    );
  });

  it('has no section for a code that is gone, and none twice', () => {
    const documented = sections.map(({ code }) => code);
    assert.deepEqual(
      documented.filter((code, index) => !codes.has(code) || documented.indexOf(code) !== index),
      [],
    );
  });

  it('says what can be done about each', () => {
    const silent = sections.filter(({ text }) => !/^What to (write|do): \S/m.test(text));
    assert.deepEqual(
      silent.map(({ code }) => code),
      [],
    );
  });

  it('knows every code and severity that a golden case shows', () => {
    const known = new Set(sections.map(({ code, severity }) => `${code} ${severity}`));
    assert.ok(seen.length > 0);
    assert.deepEqual(
      seen.map(({ code, severity }) => `${code} ${severity}`).filter((problem) => !known.has(problem)),
      [],
    );
  });

  it('has examples that a golden case really shows, where there is one', () => {
    const lines = new Set(seen.map(({ line }) => line));
    const shown = new Set(seen.map(({ code }) => code));
    const examples = sections.filter(({ code }) => shown.has(code)).map(exampleOf);
    assert.deepEqual(
      examples.filter((example) => !lines.has(example)),
      [],
    );
  });
});

function readSections(): readonly Section[] {
  const [, ...texts] = readFileSync(join(ROOT, 'docs', 'problems.md'), 'utf8').split(/^### /m);
  return texts.map((text) => {
    const [, code = '', severity = ''] = /^`([a-z-]+)` \((error|warning|info)\)\n/.exec(text) ?? [];
    return { code, severity, text };
  });
}

function exampleOf({ code, text }: Section): string {
  return /^```\n(.*)\n```$/m.exec(text)?.[1] ?? `${code}: no example`;
}

/** Codes are literals: of a `code` field or argument, of a union of codes, or of one of the functions that take one. */
function codesOfSource(): ReadonlySet<string> {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return new Set(files.flatMap((name) => codesOf(readFileSync(join(ROOT, 'src', name), 'utf8'))));
}

function codesOf(source: string): readonly string[] {
  const places = [
    /\bcode\??(?::| =).*?(?=\b(?:severity|must|message|at|got)\b|$)/gm,
    /\b(?:problemAt|fail)\([^;]*?'[a-z]+(?:-[a-z]+)+'/g,
    /\btype \w*Code =[^;]*;/g,
  ];
  const words = source.replaceAll("['code']", '').replaceAll(/typeof [^\n]*/g, '');
  const found = places.flatMap((place) => words.match(place) ?? []);
  return found.flatMap((text) => [...text.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].flatMap(([, code]) => code ?? []));
}

/** The problems that golden cases hold, as their first lines show them. */
function seenProblems(): readonly { readonly code: string; readonly severity: string; readonly line: string }[] {
  const folder = join(ROOT, 'testdata');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?:errors|stdout)\.txt$/.test(name),
  );
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.flatMap((line) => {
    const [, severity, code] = /^\[(error|warning|info)\] .*\[([a-z-]+)\](?: \([^()]*\))?$/.exec(line) ?? [];
    return severity === undefined || code === undefined ? [] : [{ severity, code, line }];
  });
}
