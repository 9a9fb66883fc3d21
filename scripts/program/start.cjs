// How the program starts. Its code stands below as texts in comments, since V8 skips a comment many times quicker than
// it reads code. What V8 made of a text in an earlier run may lie in a folder beside this file, with the functions that
// were called then; without it, or where anything about it is wrong, V8 compiles the text as ever. Only a run with
// POSTERN_PRECOMPILE=1 writes it.
const fs = require('node:fs');
const { Script } = require('node:vm');

const COMPILED = `${__filename}.compiled-${process.version}`;
/** Compiled code is of one program and one Node, and begins behind a title that says which. */
const TITLE = `postern ${HASH} ${process.version} ${process.arch} ${process.execPath}`.padEnd(512);

/** The value of a text. `place` tells V8 where it is, for the stacks of errors. */
function open(name, place) {
  const before = compiledBefore(name);
  const text = before?.text ?? textIn(TEXTS[name]);
  const script = new Script(text, { ...place, cachedData: before?.code });
  if (process.env.POSTERN_PRECOMPILE === '1') {
    const packed = TEXTS[name].isPacked ? text : '';
    process.once('exit', () => keep(name, Buffer.from(packed, 'latin1'), script.createCachedData()));
  }
  return script.runInThisContext();
}

/** A comment cannot hold its own end, which therefore stands in it as *%/. */
function textIn({ holder, isPacked }) {
  const source = holder.toString();
  const held = source.slice(source.indexOf('/*\n') + 3, source.lastIndexOf('\n*/'));
  if (!isPacked) return held.replaceAll('*%/', '*/');
  return require('node:zlib').brotliDecompressSync(Buffer.from(held, 'base64')).toString('latin1');
}

/**
 * What V8 made of a text, and the text itself where it is packed, since a fresh Node unpacks longer than it reads. V8
 * trusts it, so it must be whole: all lies in the file twice, since two copies are compared in less time than any
 * checksum takes. And it must be of who owns the program, or of root: in a folder such as /tmp others may put files
 * beside it which they may not replace.
 */
function compiledBefore(name) {
  let file;
  try {
    file = fs.openSync(`${COMPILED}/${name}`, 'r');
    const { uid, size } = fs.fstatSync(file);
    if (uid !== 0 && uid !== fs.statSync(__filename).uid) return undefined;
    const first = Buffer.allocUnsafeSlow((size + TITLE.length) >> 1);
    if (fs.readSync(file, first) !== first.length || first.latin1Slice(0, TITLE.length) !== TITLE) return undefined;
    const kept = first.subarray(TITLE.length);
    if (first.length + kept.length !== size || !isNext(file, kept)) return undefined;
    const { isPacked, length } = TEXTS[name];
    return isPacked ? { text: kept.latin1Slice(0, length), code: kept.subarray(length) } : { code: kept };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** Whether a file goes on with these bytes. Read by pieces, into one place: new memory costs more than reading. */
function isNext(file, bytes) {
  const piece = Buffer.allocUnsafeSlow(65536);
  let at = 0;
  while (at < bytes.length) {
    const length = fs.readSync(file, piece);
    if (length === 0 || !piece.subarray(0, length).equals(bytes.subarray(at, at + length))) return false;
    at += length;
  }
  return true;
}

/** Writes it, renamed, so that no run ever sees half of it. */
function keep(name, ...parts) {
  try {
    const draft = `${COMPILED}/.${process.pid}-${name}`;
    fs.mkdirSync(COMPILED, { recursive: true });
    fs.writeFileSync(draft, Buffer.concat([Buffer.from(TITLE, 'latin1'), ...parts, ...parts]));
    fs.renameSync(draft, `${COMPILED}/${name}`);
  } catch (error) {
    process.exitCode = 1;
    fs.writeSync(
      2,
      `[error] POSTERN_PRECOMPILE=1 must be able to write ${COMPILED}: ${error.message} [unwritable-output]\n`,
    );
  }
}

const run = open('program', { filename: __filename, lineOffset: PROGRAM_LINE });
run(require, __filename, (room) => open(room, { filename: `${__filename}:${room}` }));
