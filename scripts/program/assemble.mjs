// Puts dist/postern.js together: how it starts, then the texts of the program and of its rooms.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const START = readFileSync(join(import.meta.dirname, 'start.cjs'), 'utf8');

/** The text of the file. `program` is code that may call `openRoom`, `rooms` the code of each room by name. */
export function assemble(program, rooms) {
  const texts = {
    program: wrap('require, __filename, openRoom', program),
    ...Object.fromEntries(Object.entries(rooms).map(([name, code]) => [name, wrap('module, exports, require', code)])),
  };
  const hash = createHash('sha256').update(START).update(JSON.stringify(texts)).digest('hex').slice(0, 32);
  const names = Object.keys(texts);
  const beginning = (line) => `#!/usr/bin/env node
const HASH = '${hash}';
const TEXTS = { ${names.map((name) => `${name}: ${holderOf(name)}`).join(', ')} };
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
  if (text.includes('*%/')) throw new Error(`${name} must not hold *%/, which stands for the end of a comment in one`);
  return `function ${holderOf(name)}() {/*\n${text.replaceAll('*/', '*%/')}\n*/}\n`;
}
