// Puts dist/postern.js together: how it starts, then the texts of the program and of its rooms.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { withoutEnds } from './without-ends.mjs';

/** What every run needs. The others are packed, since Node reads the whole file at each start. */
const UNPACKED = ['program'];
const START = readFileSync(join(import.meta.dirname, 'start.cjs'), 'utf8');

/** The text of the file. `program` is code that may call `openRoom`, `rooms` the code of each room by name. */
export async function assemble(program, rooms) {
  const texts = {
    // Else every start would copy it, to put the ends of comments back.
    program: wrap('require, __filename, openRoom', await withoutEnds(program)),
    ...Object.fromEntries(Object.entries(rooms).map(([name, code]) => [name, wrap('module, exports, require', code)])),
  };
  const hash = createHash('sha256').update(START).update(JSON.stringify(texts)).digest('hex').slice(0, 32);
  const names = Object.keys(texts);
  const beginning = (line) => `#!/usr/bin/env node
const HASH = '${hash}';
const TEXTS = {
${names.map((name) => `  ${name}: { holder: ${holderOf(name)}, isPacked: ${!UNPACKED.includes(name)}, length: ${texts[name].length} },\n`).join('')}};
const PROGRAM_LINE = ${line};

${START}
`;
  const linesBefore = beginning(0).split('\n').length;
  return beginning(linesBefore) + names.map((name) => hold(name, texts[name])).join('\n');
}

/** V8 takes a function in parentheses for one that is called at once, and compiles it with the rest. */
function wrap(parameters, code) {
  return `(function (${parameters}) {${code.trimEnd()}\n})`;
}

function holderOf(name) {
  return `${name}Text`;
}

/** In a comment: scripts/program/start.cjs takes it out. */
function hold(name, text) {
  const held = UNPACKED.includes(name) ? escapeEnds(text) : brotliCompressSync(text).toString('base64');
  return `function ${holderOf(name)}() {/*\n${held}\n*/}\n`;
}

function escapeEnds(text) {
  if (text.includes('*%/'))
    throw new Error('the bundle must not hold *%/, which stands for the end of a comment in it');
  return text.replaceAll('*/', '*%/');
}
