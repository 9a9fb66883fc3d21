import fc from 'fast-check';

/** Lines of one object, to stand behind a dash: block style with everything that looks like a border. */
const OBJECTS: readonly (readonly string[])[] = [
  ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: a'],
  [
    'apiVersion: v1',
    'kind: ConfigMap',
    'data:',
    '  a: |',
    '    ---',
    '    - apiVersion: v1',
    '',
    '    items:',
    '  b: x',
  ],
  ['kind: "Secret"', "apiVersion: 'v1'", 'list:', '- a', '- b: 1', '  c: 2', '- - d', '  - e'],
  ['# head', 'apiVersion: v1', 'kind: Service # tail', 'spec: {ports: [{port: 80}], a: "x: y"}', '# foot'],
  ['apiVersion: apps/v1', 'kind: Deployment', 'text: "one', '  - two', '', '  three"', 'last: |+', '  x', '', ''],
  ['apiVersion: v1', 'kind: A', 'a: &x {b: 1}', 'c: *x', '<<: *x'],
  ['apiVersion: v1', 'kind: B', 'a: &x 1', 'sh: |', '  a && b *x', '  2>&1'],
  ['apiVersion: v1', 'kind: C', 'plain: a', '  b', '  - c', 'fold: >-', '   # no comment', '  '],
  ['{apiVersion: v1, kind: D, a: [1, 2,', '  3], b: {c: "]}"}}'],
  ['apiVersion: v1', 'kind: F', 'a: *x', 'b: {c: *x}'],
  ['apiVersion: v1', 'kind: E', '"quoted": yes', 'n: 0o17', 'big: 12345678901234567890', 'empty:', 'tab:\tx'],
];

/** Lines that are put anywhere, at any indentation. */
const NOISE: readonly string[] = [
  ...['', '# comment', '- ', '-', '- x', '- - y', '- a: 1', '-\tb', 'items:', 'items: []', 'kind: X', 'apiVersion: v2'],
  ...['functionConfig:', 'results:', '? q', ': v', 'a: |', 'b: >+', 'c: |2', 'd: "x', 'e"', "f: 'y", "g'", '&x', '*x'],
  ...['- &x {z: 1}', '- *x', 'h: &y', 'i: *y', '<<: *x', '!!map', '- !t z', '{', '}', '[', ']', ', ', 'k: {', 'l: [1,'],
  ...[
    '---',
    '...',
    '%TAG ! x',
    '\t',
    '\tm: 1',
    ' ',
    'n: # c',
    '"o": p',
    "'r': s",
    '--- # t',
    '- # u',
    '- |',
    '- >-',
    '@',
  ],
];

export type Mutation =
  | { readonly kind: 'insert'; readonly at: number; readonly column: number; readonly line: string }
  | { readonly kind: 'delete'; readonly at: number }
  | { readonly kind: 'indent'; readonly at: number; readonly by: number }
  | { readonly kind: 'repeat'; readonly at: number };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(60),
    column: fc.nat(6),
    line: fc.constantFrom(...NOISE),
  }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(60) }),
  fc.record({ kind: fc.constant('indent' as const), at: fc.nat(60), by: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(60) }),
);

/** A ResourceList in block style as a client might write it; `mutations` make it odd, and most often still YAML. */
export function resourceList(mutations: number): fc.Arbitrary<string> {
  return fc
    .record({
      objects: fc.array(fc.constantFrom(...OBJECTS), { maxLength: 5 }),
      column: fc.constantFrom(0, 0, 2, 4),
      trims: fc.boolean(),
      order: fc.shuffledSubarray(['items', 'functionConfig', 'results', 'metadata'], { minLength: 1 }),
      head: fc.constantFrom('', '---\n', '# c\n---\n', '\uFEFF', '%YAML 1.2\n---\n', '\n\n'),
      tail: fc.constantFrom('', '', '...\n', '# end\n', '\n'),
      newline: fc.constantFrom('\n', '\n', '\r\n', '\r'),
      mutations: fc.array(mutation, { maxLength: mutations }),
      cut: fc.boolean(),
    })
    .map(({ objects, column, trims, order, head, tail, newline, mutations: changes, cut }) => {
      const sections: Readonly<Record<string, readonly string[]>> = {
        items: itemLines(objects, column).map((line) => (trims ? line.replace(/^ +$/, '') : line)),
        functionConfig: ['functionConfig:', '  apiVersion: v1', '  kind: F', '  data: &f {a: "1"}'],
        results: ['results:', '- message: old', '  severity: info'],
        metadata: ['metadata: {name: x}'],
      };
      const lines = [
        'apiVersion: config.kubernetes.io/v1',
        'kind: ResourceList',
        ...order.flatMap((key) => sections[key] ?? []),
      ];
      const text = `${head}${changes.reduce(mutate, lines).join('\n')}\n${tail}`;
      return (cut ? text.replace(/\n$/, '') : text).replaceAll('\n', newline);
    });
}

function itemLines(objects: readonly (readonly string[])[], column: number): string[] {
  if (objects.length === 0) return [column === 0 ? 'items: []' : 'items:'];
  const indent = ' '.repeat(column);
  return ['items:', ...objects.flatMap((lines) => lines.map((line, n) => `${indent}${n === 0 ? '- ' : '  '}${line}`))];
}

function mutate(lines: readonly string[], change: Mutation): string[] {
  const at = change.at % (lines.length + 1);
  const line = lines[at] ?? '';
  const [before, after] = [lines.slice(0, at), lines.slice(at + 1)];
  if (change.kind === 'insert') return [...before, `${' '.repeat(change.column)}${change.line}`, line, ...after];
  if (change.kind === 'delete') return [...before, ...after];
  if (change.kind === 'repeat') return [...before, line, line, ...after];
  const moved = change.by > 0 ? `${' '.repeat(change.by)}${line}` : line.replace(new RegExp(`^ {0,${-change.by}}`), '');
  return [...before, moved, ...after];
}
