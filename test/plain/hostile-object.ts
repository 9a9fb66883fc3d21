import fc from 'fast-check';

/** Keys as they stand before their colon, the usual ones first. */
export const KEYS: readonly string[] = [
  ...['a', 'name', 'app.kubernetes.io/name', 'b-c', '"q"', "'s'", '_x', 'C1'],
  ...['y', 'on', 'null', 'true', 'Null', '~', '<<', '"<<"', '"null"', '__proto__', 'constructor', 'toString', '8080'],
  ...[
    '"8080"',
    '1.5',
    'a b',
    '"a b"',
    '"a\\tb"',
    '- a',
    '-a',
    '? a',
    '&k a',
    '!t a',
    '*k',
    '{a}',
    '[a]',
    '{{ a }}',
    '',
  ],
  ...['é', '"é"', 'a:b', '"a":', '#a', '@a', '%a', '.a', '/a', '=', 'a'.repeat(600), `"${'a'.repeat(1100)}"`],
];

/** Values as they stand behind a colon or a dash. */
export const VALUES: readonly string[] = [
  ...['x', 'web', '8080', '0', 'true', 'false', 'null', '"q"', "'s'", '{}', '[]', '256Mi', '1.2.3', '--flag=x', 'a b'],
  ...['["a"]', '["a", "b"]', '["a","b"]', '[ "a" , "" ]', '["a",]', '[,"a"]', '["a" "b"]', '["a": "b"]', '["a"] # c'],
  ...[
    '["a"]x',
    '["a", b]',
    "['a']",
    '["a\\n"]',
    '["a"]: b',
    '["a", "b"',
    '[ ]',
    '[["a"]]',
    '["a"',
    '[',
    ']',
    '["# c"]#d',
  ],
  ...['::/0', 'fc00::/7', '::', ':', ':x', ': x', ':80', ':-', ':#', '::ffff:10.0.0.0/96', '::1 # d', '::1#d', ':[a]'],
  ...['"8080"', "'0'", '"info"', 'cart, billing/ledger:grpc', 'http://x/y?z#w', '/bin/sh', '$(VAR)', 'a#b', 'x: y'],
  ...[
    '',
    '~',
    'Null',
    'NULL',
    'True',
    'FALSE',
    'yes',
    'No',
    'on',
    'y',
    'N',
    '=',
    '<<',
    '-',
    '- x',
    '-x',
    '--- x',
    '---',
  ],
  ...[
    '-1',
    '+1',
    '010',
    '0o17',
    '0x1F',
    '0b1',
    '1_0',
    '1e3',
    '1E-3',
    '.5',
    '5.',
    '-.5',
    '1.5',
    '.inf',
    '-.Inf',
    '.nan',
  ],
  ...[
    '.NaN',
    '+.inf',
    '123456789012345',
    '1234567890123456',
    '1:30',
    '2024-01-01',
    '2024-01-01T00:00:00Z',
    '0.0.0.0/0',
  ],
  ...['"a\\nb"', '"\\u0041"', '"\\x41"', '"\\/"', '"\\e"', '"\\ "', '"a""b"', '"a" b', '"a"#b', '"a" # b', "'it''s'"],
  ...[
    "''",
    '""',
    "'''",
    '"',
    "'a",
    "'a'b",
    "'a' #b",
    '{a: b}',
    '[a, b]',
    '{} x',
    '[] # c',
    '{}#',
    '["a", 1]',
    '{',
    ']',
  ],
  ...[
    '|',
    '|-',
    '|+',
    '|2',
    '|-2',
    '|1-',
    '| # c',
    '|#c',
    '| x',
    '>',
    '>-',
    '>+',
    '&a x',
    '&a',
    '*a',
    '!t x',
    '!!str 1',
  ],
  ...[
    '!!int "1"',
    '! 1',
    'a # c',
    'a #',
    'a\t# c',
    '# c',
    '#c',
    '\t',
    'a\t',
    'a: ',
    'a:',
    ':a',
    ': a',
    'a :b',
    'a : b',
  ],
  ...[
    '?',
    '? a',
    '%a',
    '@a',
    '`a',
    ',a',
    'a,',
    '>a',
    '|a',
    '!',
    '&',
    '*',
    '...',
    '... x',
    'é',
    '\u00a0',
    'a\u00a0',
    '😀',
  ],
  ...[
    '\u2028',
    'a\u0085b',
    '\u0007',
    '\ufeff',
    'a\ufeff',
    '"\u00a0"',
    "'\t'",
    '"\t"',
    '{{ x }}',
    'a\\nb',
    '\\',
    '"\\"',
    'a  ',
  ],
  ...[
    '  a',
    'a'.repeat(3000),
    '(a)',
    '+a',
    '^a',
    '.a',
    '_a',
    '=a',
    '<a',
    '~a',
    ';a',
    '(',
    '1a',
    'nul',
    'nulls',
    'True1',
  ],
];

/** Whole lines that may stand anywhere. */
const NOISE: readonly string[] = [
  ...[
    '',
    ' ',
    '# c',
    '\t',
    '-',
    '- ',
    '- x',
    '- - x',
    '- a: 1',
    '-\tx',
    '-x: y',
    '? a',
    ': b',
    'x',
    'x y',
    'a: b: c',
    '"x"',
  ],
  ...[
    '---',
    '...',
    '--- a: b',
    '%YAML 1.2',
    '&x',
    '*x',
    '<<: *x',
    '!!map',
    '{',
    '}',
    ']',
    '"',
    "'",
    '|',
    '- |',
    '- &x a',
  ],
  ...['a: &x', 'a: *x', '- # c', '-  a: 1', '-   b', '@', '\ufeff', 'a:#', 'a:  # c', '"a":', "'a' :", 'a :', 'a\t: b'],
];

interface Shape {
  readonly lines: readonly string[];
  readonly noise: readonly { readonly at: number; readonly column: number; readonly line: string }[];
  readonly moved: readonly { readonly at: number; readonly by: number }[];
  readonly newline: string;
  readonly end: string;
}

const key: fc.Arbitrary<string> = usually(KEYS, 8);
const value: fc.Arbitrary<string> = usually(VALUES, 15);

/** Mostly one of the first few. */
function usually(words: readonly string[], first: number): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...words.slice(0, first)) },
    { weight: 1, arbitrary: fc.constantFrom(...words) },
  );
}

/** Lines of a mapping whose keys differ, at column 0. */
const mappingLines: fc.Memo<string[]> = fc.memo((depth) =>
  fc
    .uniqueArray(fc.tuple(key, nodeLines(depth)), { minLength: 1, maxLength: 3, selector: ([name]) => name })
    .map((pairs) =>
      pairs.flatMap(([name, node]) => (node.inline ? [`${name}: ${node.lines[0]}`] : [`${name}:`, ...node.lines])),
    ),
);

interface Node {
  readonly inline: boolean;
  readonly lines: readonly string[];
}

const scalarNode: fc.Arbitrary<Node> = value.map((text) => ({ inline: true, lines: [text] }));

function nodeLines(depth: number): fc.Arbitrary<Node> {
  if (depth <= 1) return scalarNode;
  const indent = (by: number) => (lines: readonly string[]) => lines.map((line) => `${' '.repeat(by)}${line}`);
  const nested = (lines: readonly string[]): Node => ({ inline: false, lines });
  const column = fc.constantFrom(2, 2, 2, 4, 1);
  const list = fc.array(
    fc.oneof(
      value.map((text) => [text]),
      mappingLines(depth - 1),
    ),
    { minLength: 1, maxLength: 3 },
  );
  return fc.oneof(
    { weight: 3, arbitrary: scalarNode },
    { weight: 3, arbitrary: fc.tuple(mappingLines(depth - 1), column).map(([lines, by]) => nested(indent(by)(lines))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(list, fc.constantFrom(0, 0, 2))
        .map(([entries, by]) => nested(indent(by)(entries.flatMap(asEntry)))),
    },
    { weight: 1, arbitrary: literalLines.map(nested) },
  );
}

function asEntry(lines: readonly string[]): string[] {
  return lines.map((line, number) => `${number === 0 ? '- ' : '  '}${line}`);
}

/** Lines below a key that may be a literal's: the key's own line says `|` by noise or by a value. */
const literalLines: fc.Arbitrary<string[]> = fc.array(
  fc.constantFrom('  text', '  # not a comment', '', '    deeper', '   ', '  - x'),
  {
    minLength: 1,
    maxLength: 4,
  },
);

/** A literal with its key, which the mapping's generator would rarely hit. */
const literal: fc.Arbitrary<string[]> = fc
  .tuple(fc.constantFrom('|', '|-', '|+', '>', '| # c', '|2', '|'), literalLines)
  .map(([header, lines]) => [`lit: ${header}`, ...lines]);

/** An object in block style: mostly what clients send, with everything odd that YAML knows strewn in. */
export const hostileObject: fc.Arbitrary<string> = fc
  .record<Shape>({
    lines: fc
      .tuple(mappingLines(3), fc.option(literal, { nil: [] }), fc.boolean())
      .map(([lines, more, first]) => (first ? [...more, ...lines] : [...lines, ...more])),
    noise: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.record({ at: fc.nat(40), column: fc.nat(6), line: fc.constantFrom(...NOISE) }), {
          maxLength: 2,
        }),
      },
    ),
    moved: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.record({ at: fc.nat(40), by: fc.integer({ min: -2, max: 2 }) }), { maxLength: 1 }),
      },
    ),
    newline: fc.constantFrom(...Array<string>(12).fill('\n'), '\r\n', '\r'),
    end: fc.constantFrom('\n', '\n', '\n', '', '\n\n', '\n# end\n', '\n  ', '\n---\n', '\n...\n'),
  })
  .map(({ lines, noise, moved, newline, end }) => {
    const strewn = noise.reduce<readonly string[]>(
      (at, one) => insert(at, one.at, `${' '.repeat(one.column)}${one.line}`),
      lines,
    );
    const shifted = moved.reduce((at, one) => shift(at, one.at, one.by), strewn);
    return `${shifted.join('\n')}${end}`.replaceAll('\n', newline);
  });

function insert(lines: readonly string[], at: number, line: string): string[] {
  const index = at % (lines.length + 1);
  return [...lines.slice(0, index), line, ...lines.slice(index)];
}

function shift(lines: readonly string[], at: number, by: number): string[] {
  const index = at % lines.length;
  return lines.map((line, number) => {
    if (number !== index) return line;
    return by > 0 ? `${' '.repeat(by)}${line}` : line.replace(new RegExp(`^ {0,${-by}}`), '');
  });
}
