// Bundles src/page into the one page of `postern graph -o html`: markup, style and code, with nothing to load.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const FOLDER = join(ROOT, 'src', 'page');

/** The page as the program carries it, and what was bundled into it, as esbuild's metafile says. */
export async function buildPage(bundle) {
  const options = {
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    absWorkingDir: ROOT,
  };
  const [script, style] = await Promise.all([
    bundle({
      ...options,
      entryPoints: [join(FOLDER, 'main.ts')],
      format: 'iife',
      target: 'es2022',
      metafile: true,
    }),
    bundle({ ...options, entryPoints: [join(FOLDER, 'page.css')], target: ['chrome123', 'firefox120', 'safari17.5'] }),
  ]);
  const code = script.outputFiles[0].text.trim();
  if (/<\/script|<!--/i.test(code)) throw new Error('the code of the page would end its own script element');
  const css = style.outputFiles[0].text.trim();
  const html = readFileSync(join(FOLDER, 'page.html'), 'utf8')
    .replace('POSTERN_CODE_HASH', () => hashOf(code))
    .replace('POSTERN_STYLE_HASH', () => hashOf(css))
    .replace('POSTERN_NOTICES', () => notices(script.metafile))
    .replace('/* POSTERN_STYLE */', () => css)
    .replace('/* POSTERN_CODE */', () => code);
  const [output] = Object.values(script.metafile.outputs);
  return { html, inputs: output.inputs };
}

/** As a Content-Security-Policy names what it lets run. */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The licences of what is bundled ask to go with every copy. */
function notices({ inputs }) {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  return [...folders]
    .map((folder) => `${folder.slice('node_modules/'.length)}:\n${readFileSync(join(ROOT, folder, 'LICENSE'), 'utf8')}`)
    .join('\n')
    .replaceAll('--', '- -');
}
