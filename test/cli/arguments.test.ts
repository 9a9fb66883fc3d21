import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readArguments } from '../../src/adapters/arguments.ts';
import { postern } from './postern.ts';

describe('the command line', () => {
  it('asks for a run on stdin when it is empty', () => {
    assert.deepEqual(readArguments([]), {
      kind: 'run',
      paths: [],
      config: undefined,
      namespace: undefined,
      verbose: false,
    });
  });

  it('takes files, a config, a namespace and --verbose in any order', () => {
    const want = { kind: 'run', paths: ['a', 'b'], config: 'c.yaml', namespace: 'shop', verbose: true };
    assert.deepEqual(readArguments(['a', '--config', 'c.yaml', '--verbose', '--namespace', 'shop', 'b']), want);
    assert.deepEqual(readArguments(['--config=c.yaml', '--namespace=shop', '--verbose', '--', 'a', 'b']), want);
  });

  const wrong: readonly [words: readonly string[], message: RegExp][] = [
    [['--confg', 'x'], /got "--confg" \(did you mean "--config"\?\)/],
    [['--verbos'], /did you mean "--verbose"/],
    [['--zzz'], /got "--zzz" \(postern --help lists them\)/],
    [['-x'], /got "-x"/],
    [['--config'], /--config must be followed by a value/],
    [['--config='], /must be followed/],
    [['--namespace='], /--namespace must be followed by a value/],
    [['--verbose=1'], /must not have a value/],
  ];
  for (const [words, message] of wrong) {
    it(`refuses ${words.join(' ')}`, () => {
      const read = readArguments(words);
      assert.equal(read.kind, 'wrong');
      assert.match('message' in read ? read.message : '', message);
    });
  }

  it('that is wrong is exit status 2, with nothing on stdout', () => {
    const { status, stdout, stderr } = postern(['--confg']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^\[error\] .* \[usage\]\n$/);
  });

  it('shows its help and its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual(postern(['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
    for (const flag of ['--help', '-h']) {
      const { status, stdout, stderr } = postern([flag]);
      assert.deepEqual([status, stderr], [0, '']);
      for (const word of [
        '--config FILE',
        '--namespace NAME',
        '--verbose',
        'allow-from',
        'allow-to',
        'isolate',
        'trust',
        'dns',
      ]) {
        assert.ok(stdout.includes(word), word);
      }
    }
  });
});
