import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, POSTERN, ROOT } from '../tools.ts';

/** Says of each text whether V8 took what it was given for it. */
const SPY = `const vm = require('node:vm');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const taken = options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'taken';
    require('node:fs').appendFileSync(process.env.SPY, taken + '\\n');
  }
};`;

/** Needs the YAML parser's room beside the program. */
const INPUT = readFileSync(join(ROOT, 'scripts', 'program', 'warm-up', 'stream.yaml'), 'utf8');

interface Run {
  readonly answer: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  /** What V8 took, of the program and of the room. */
  readonly taken: readonly string[];
}

describe('compiled code beside dist/postern.js', () => {
  holds(process.execPath, 'this Node');
  for (const major of ['20', '22', '24', '26']) {
    describeWith(`node-${major}`, `on Node ${major}`, (node) => holds(node, 'it'));
  }
});

function holds(node: string, title: string): void {
  describe(`of ${title}`, () => {
    let folder: string;
    let compiled: string;
    let whole: Buffer;
    let wanted: Run['answer'];
    const program = (): string => join(compiled, 'program');

    const run = (options: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Run => {
      const spy = join(folder, 'taken.txt');
      const words = ['--require', join(folder, 'spy.cjs'), ...options, join(folder, 'postern.js')];
      const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...rest } = process.env;
      writeFileSync(spy, '');
      const done = spawnSync(node, words, { input: INPUT, encoding: 'utf8', env: { ...rest, SPY: spy, ...env } });
      const { status, stdout, stderr } = done;
      return { answer: { status, stdout, stderr }, taken: readFileSync(spy, 'utf8').trim().split('\n') };
    };
    /** The run's answer is that without compiled code. */
    const refuses = (taken: string): void => assert.deepEqual(run(), { answer: wanted, taken: [taken, 'taken'] });

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'postern-compiled-'));
      writeFileSync(join(folder, 'spy.cjs'), SPY);
      copyFileSync(POSTERN, join(folder, 'postern.js'));
      wanted = run().answer;
      assert.equal(wanted.status, 0, wanted.stderr);
      assert.match(wanted.stdout, /name: default-deny/);
      assert.deepEqual(readdirSync(folder).sort(), ['postern.js', 'spy.cjs', 'taken.txt'], 'nothing asked to write');
      assert.deepEqual(run([], { POSTERN_PRECOMPILE: '1' }).answer, wanted);
      const [name = ''] = readdirSync(folder).filter((entry) => entry.startsWith('postern.js.compiled-v'));
      compiled = join(folder, name);
      assert.deepEqual(readdirSync(compiled).sort(), ['program', 'yaml']);
      whole = readFileSync(program());
    });
    afterEach(() => {
      rmSync(program(), { recursive: true, force: true });
      writeFileSync(program(), whole);
    });
    after(() => rmSync(folder, { recursive: true }));

    it('is taken', () => assert.deepEqual(run(), { answer: wanted, taken: ['taken', 'taken'] }));

    it('may be cut anywhere', () => {
      for (const length of [0, 511, 513, whole.length >> 1, whole.length - 1]) {
        writeFileSync(program(), whole.subarray(0, length));
        refuses('none');
      }
    });

    it('may hold a wrong bit anywhere', () => {
      const end = whole.length - 1;
      for (const at of [0, 70, 520, 4000, whole.length >> 1, end]) {
        const wrong = Buffer.from(whole);
        wrong.writeUInt8(wrong.readUInt8(at) ^ 4, at);
        writeFileSync(program(), wrong);
        refuses('none');
      }
    });

    it('of a room, which has its text with it, may hold a wrong bit anywhere', () => {
      const room = join(compiled, 'yaml');
      const right = readFileSync(room);
      for (const at of [520, right.length >> 2, right.length >> 1, right.length - 1]) {
        const wrong = Buffer.from(right);
        wrong.writeUInt8(wrong.readUInt8(at) ^ 4, at);
        writeFileSync(room, wrong);
        assert.deepEqual(run(), { answer: wanted, taken: ['taken', 'none'] });
      }
      writeFileSync(room, right);
      assert.deepEqual(run(), { answer: wanted, taken: ['taken', 'taken'] });
    });

    it('may be of another program or another Node', () => {
      for (const word of [/postern [0-9a-f]{32}/, /v\d+\.\d+/]) {
        const title = whole.toString('latin1', 0, 512);
        const other = title.replace(word, (found) => found.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
        writeFileSync(program(), Buffer.concat([Buffer.from(other, 'latin1'), whole.subarray(512)]));
        refuses('none');
      }
    });

    it('may be what V8 does not know', () => {
      for (const noise of [Buffer.alloc(0), Buffer.alloc(4096, 'noise')]) {
        writeFileSync(program(), Buffer.concat([whole.subarray(0, 512), noise, noise]));
        refuses('rejected');
      }
    });

    // Only root can give files away.
    const asRoot = process.getuid?.() === 0 ? it : it.skip;
    asRoot('may be of somebody else', () => {
      // Whose program it is, root's compiled code is taken, and not the other way round.
      const nobody = 65534;
      chownSync(program(), nobody, nobody);
      refuses('none');
      chownSync(join(folder, 'postern.js'), nobody, nobody);
      assert.deepEqual(run(), { answer: wanted, taken: ['taken', 'taken'] });
      chownSync(join(folder, 'postern.js'), 0, 0);
    });

    it('may be a folder', () => {
      rmSync(program());
      mkdirSync(program());
      refuses('none');
    });

    it('is left alone under other options of V8', () => {
      assert.deepEqual(run(['--stack-size=900']), { answer: wanted, taken: ['rejected', 'rejected'] });
    });

    it('is an error where it was asked for and cannot be written', () => {
      rmSync(program());
      mkdirSync(program());
      const { answer } = run([], { POSTERN_PRECOMPILE: '1' });
      assert.equal(answer.status, 1);
      assert.equal(answer.stdout, wanted.stdout);
      assert.match(answer.stderr, /^\[error\] POSTERN_PRECOMPILE=1 must be able to write .*\[unwritable-output\]\n$/);
      for (const draft of readdirSync(compiled).filter((name) => name.startsWith('.'))) rmSync(join(compiled, draft));
    });
  });
}
