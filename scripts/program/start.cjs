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
  const script = new Script(textIn(TEXTS[name]), { ...place, cachedData: compiledBefore(name) });
  if (process.env.POSTERN_PRECOMPILE === '1') process.once('exit', () => keep(name, script.createCachedData()));
  return script.runInThisContext();
}

/** A comment cannot hold its own end, which therefore stands in it as *%/. */
function textIn({ holder, isPacked }) {
  const source = holder.toString();
  const held = source.slice(source.indexOf('/*\n') + 3, source.lastIndexOf('\n*/'));
  if (!isPacked) return held.replaceAll('*%/', '*/');
  return require('node:zlib').inflateRawSync(Buffer.from(held, 'base64')).toString('latin1');
}

/**
 * What V8 made of a text. V8 trusts it, so it must be whole: it lies in its file twice, since a fresh Node compares two
 * copies in less time than any checksum takes. And it must be of who owns the program, or of root: in a folder such as
 * /tmp others may put files beside it which they may not replace.
 */
function compiledBefore(name) {
  try {
    const place = fs.openSync(`${COMPILED}/${name}`, 'r');
    const { uid } = fs.fstatSync(place);
    if (uid !== 0 && uid !== fs.statSync(__filename).uid) return undefined;
    const file = fs.readFileSync(place);
    fs.closeSync(place);
    const middle = (TITLE.length + file.length) / 2;
    const code = file.subarray(TITLE.length, middle);
    const isWhole = file.toString('latin1', 0, TITLE.length) === TITLE && code.equals(file.subarray(middle));
    return isWhole ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Writes it, renamed, so that no run ever sees half of it. */
function keep(name, code) {
  try {
    const draft = `${COMPILED}/.${process.pid}-${name}`;
    fs.mkdirSync(COMPILED, { recursive: true });
    fs.writeFileSync(draft, Buffer.concat([Buffer.from(TITLE, 'latin1'), code, code]));
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
