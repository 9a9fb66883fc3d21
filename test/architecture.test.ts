import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { ROOT } from './tools.ts';

/** What each room of src may import: other rooms, and packages. ARCHITECTURE.md says why. */
const STORY = ['model', 'policy', 'infer', 'reach', 'dialect', 'parse', 'emit'];
const ROOMS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  model: { rooms: [], packages: [] },
  policy: { rooms: ['model'], packages: [] },
  infer: { rooms: ['model', 'policy'], packages: [] },
  reach: { rooms: ['model', 'policy'], packages: [] },
  lints: { rooms: ['model', 'policy', 'infer', 'reach'], packages: [] },
  dialect: { rooms: ['model', 'policy'], packages: [] },
  parse: { rooms: ['model', 'policy'], packages: ['js-yaml', 'zod', 'zod/mini'] },
  emit: { rooms: ['model'], packages: ['js-yaml'] },
  run: { rooms: [...STORY, 'check', 'explain', 'observe'], packages: [] },
  check: { rooms: [...STORY, 'explain', 'observe'], packages: [] },
  lint: { rooms: [...STORY, 'lints'], packages: [] },
  observe: { rooms: STORY, packages: [] },
  matrix: { rooms: [...STORY, 'observe'], packages: [] },
  diff: { rooms: [...STORY, 'observe'], packages: [] },
  script: { rooms: [...STORY, 'observe', 'explain'], packages: [] },
  export: { rooms: STORY, packages: [] },
  reveal: { rooms: ['model', 'policy', 'infer', 'reach'], packages: [] },
  plan: { rooms: [...STORY, 'reveal'], packages: [] },
  explain: { rooms: [...STORY, 'observe'], packages: [] },
  graph: { rooms: [...STORY, 'observe', 'explain'], packages: [] },
  page: { rooms: ['model', 'policy', 'emit'], packages: ['@dagrejs/dagre'] },
  argocd: { rooms: STORY, packages: ['js-yaml'] },
  adapters: {
    rooms: [
      'run',
      'argocd',
      'check',
      'diff',
      'explain',
      'export',
      'graph',
      'plan',
      'lint',
      'matrix',
      'script',
      'model',
    ],
    packages: ['node:*', 'kpt-functions'],
  },
  main: { rooms: ['adapters'], packages: [] },
};

/** Packages that one file alone may import. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = { 'model/edit-distance.ts': ['fastest-levenshtein'] };

/** Rooms that see the world outside the program; the others give the same answer to the same input. */
const OUTSIDE: readonly string[] = ['adapters', 'main', 'page'];

const IMPURE: readonly RegExp[] = [
  /\bconsole\b/,
  /\bprocess\b/,
  /\bglobalThis\b/,
  /\bnew Date\b|\bDate\s*[.(]/,
  /\bMath\s*\.\s*random\b/,
  /\bcrypto\b/,
  /\bperformance\s*\./,
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch|require)\s*\(/,
];

interface SourceFile {
  /** Relative to src: `infer/doors.ts`. */
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = readSources();

describe('the rooms of src', () => {
  it('are found, all of them, with their imports', () => {
    assert.deepEqual([...new Set(files.map(({ room }) => room))].sort(), Object.keys(ROOMS).sort());
    for (const room of Object.keys(ROOMS)) {
      const imports = files.filter((file) => file.room === room).flatMap((file) => file.imports);
      assert.notDeepEqual(imports, [], `no imports were found in ${room}: the scanner must be wrong`);
    }
  });

  it('import what the table allows, and nothing else', () => {
    assert.deepEqual(files.flatMap(forbiddenImports), []);
  });

  it('keep the outside world in the adapters', () => {
    const found = files
      .filter(({ room }) => !OUTSIDE.includes(room))
      .flatMap(({ path, text }) =>
        codeOf(text)
          .split('\n')
          .flatMap((line, index) =>
            IMPURE.some((word) => word.test(line)) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
          ),
      );
    assert.deepEqual(found, []);
  });

  it('import files by their names, with the extension', () => {
    const relative = files.flatMap(({ path, imports }) =>
      imports.filter((name) => name.startsWith('.') && !name.endsWith('.ts')).map((name) => `${path}: ${name}`),
    );
    assert.deepEqual(relative, []);
  });

  it('have no cycles', () => {
    assert.deepEqual(cycleOf(files), []);
  });
});

describe('the files of src', () => {
  it('are no barrels, but for the map of dialects', () => {
    const barrels = files.filter(({ path }) => posix.basename(path) === 'index.ts').map(({ path }) => path);
    assert.deepEqual(barrels, ['dialect/index.ts']);
    const reexporting = files.filter(({ room, text }) => room !== 'run' && /^export (?:\*|\{[^}]*\}) from/m.test(text));
    assert.deepEqual(
      reexporting.map(({ path }) => path),
      [],
    );
  });

  it('have names that say what is in them', () => {
    const vague = /(?:^|[/-])(?:utils?|helpers?|managers?|misc)(?:[/.-]|$)/i;
    assert.deepEqual(
      files.map(({ path }) => path).filter((path) => vague.test(path) || !/^[a-z0-9/-]+\.ts$/.test(path)),
      [],
    );
  });

  it('are short: most below 80 lines, few above 250', () => {
    const lengths = files.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
    assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) < 80, 'the median file has 80 lines or more');
    assert.ok(lengths.filter((length) => length > 250).length <= lengths.length * 0.05, 'too many files are long');
  });
});

function readSources(): readonly SourceFile[] {
  const src = join(ROOT, 'src');
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.sort().map((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    return { path, room: roomOf(path), text, imports: importsOf(text) };
  });
}

/** `infer` of `infer/doors.ts`, `run` of `run.ts`. */
function roomOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

/** Every module that a text names: static, for types or side effects alone, re-exported, dynamic, in a type. */
function importsOf(text: string): readonly string[] {
  const statements = /^(?:import|export)\b(?:[^;'"]*?\bfrom\s*)?\s*(['"])(?<name>[^'"\n]+)\1/gm;
  const calls = /\bimport\s*\(\s*(['"`])(?<name>[^'"`\n]+)\1/g;
  return [...text.matchAll(statements), ...text.matchAll(calls)].map((match) => match.groups?.['name'] ?? '');
}

function forbiddenImports({ path, room, imports }: SourceFile): readonly string[] {
  const allowed = ROOMS[room];
  const packages = [...(allowed?.packages ?? []), ...(EXCEPTIONS[path] ?? [])];
  return imports
    .filter((name) => {
      if (!name.startsWith('.')) return !packages.some((known) => isPackage(name, known));
      const target = roomOf(resolve(path, name));
      return target !== room && !allowed?.rooms.includes(target);
    })
    .map((name) => `${path} must not import ${name}`);
}

function isPackage(name: string, known: string): boolean {
  return known.endsWith(':*') ? name.startsWith(known.slice(0, -1)) : name === known;
}

function resolve(path: string, name: string): string {
  return posix.join(dirname(path), name);
}

/** A text without comments and strings, line by line; templates stay, since there is code in them. */
function codeOf(text: string): string {
  const hidden = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
  return text.replace(hidden, (match) => match.replace(/[^\n]/g, ' '));
}

/** Files that import each other in a circle, types included; the first circle that is found. */
function cycleOf(sources: readonly SourceFile[]): readonly string[] {
  const imports = new Map(
    sources.map(({ path, imports: names }) => [
      path,
      names.filter((name) => name.startsWith('.')).map((name) => resolve(path, name)),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of imports.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  return sources.map(({ path }) => visit(path, [])).find((cycle) => cycle.length > 0) ?? [];
}
