import { transform } from 'esbuild';

/**
 * The same code without the end of a comment in its strings and regular expressions, so that a comment can hold it.
 * Where neither spelling is sure to mean the same, the end stays.
 */
export async function withoutEnds(code) {
  const [first, ...rest] = code.split('*/');
  let done = first;
  for (const [index, part] of rest.entries()) {
    const after = [part, ...rest.slice(index + 1)].join('*/');
    done += `${await spelling(done, after)}${part}`;
  }
  return done;
}

async function spelling(before, after) {
  // In a string, \/ is only another way to write the slash: it is printed as before.
  if ((await printed(`${before}*\\/${after}`)) === (await printed(`${before}*/${after}`))) return '*\\/';
  // No line may end inside of a regular expression, so the slash is its end. An empty group there changes nothing, and
  // is no code anywhere else.
  const candidates = await Promise.all([printed(`${before}*/\n${after}`), printed(`${before}*(?:)/${after}`)]);
  return candidates.includes(undefined) ? '*/' : '*(?:)/';
}

/** As esbuild prints code; undefined where it is none. */
async function printed(code) {
  try {
    return (await transform(code, { minifyWhitespace: true, charset: 'ascii', logLevel: 'silent' })).code;
  } catch {
    return undefined;
  }
}
