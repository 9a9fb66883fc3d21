import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runClient } from '../survival/run-client.ts';
import { describeWith, POSTERN, ROOT } from '../tools.ts';
import { policiesOf } from './rendered.ts';
import { type Helm, isolateHelm } from './run-helm.ts';

const PAGE = readFileSync(join(ROOT, 'docs', 'helm.md'), 'utf8');

/** What a reader of each version copies from the page. */
const SECTIONS: Readonly<Record<string, string>> = { 'helm-3': '## Helm 3', 'helm-4': '## Helm 4' };

describe('docs/helm.md', () => {
  for (const [client, heading] of Object.entries(SECTIONS)) {
    describeWith(client, `followed with ${client}`, (path) => {
      let helm: Helm;
      let bin: string;
      let web: string;

      before(() => {
        helm = isolateHelm(path);
        bin = join(helm.home, 'bin');
        web = join(helm.home, 'shop', 'templates', 'shop.yaml');
        mkdirSync(bin);
        symlinkSync(path, join(bin, 'helm'));
        writeFileSync(join(bin, 'postern'), `#!/bin/sh\nexec '${process.execPath}' '${POSTERN}' "$@"\n`);
        chmodSync(join(bin, 'postern'), 0o755);
        if (client === 'helm-4') helm.linkPlugin('postern', ROOT);
        for (const [name, text] of filesOf(PAGE)) {
          mkdirSync(dirname(join(helm.home, name)), { recursive: true });
          writeFileSync(join(helm.home, name), text);
        }
      });

      after(() => rmSync(helm.home, { recursive: true }));

      const follow = (command: string) => {
        const env = { ...helm.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
        return runClient('bash', ['-o', 'pipefail', '-c', command], { cwd: helm.home, env });
      };

      /** Changes the chart, and answers what it was. */
      const edit = (from: string, to: string) => {
        const text = readFileSync(web, 'utf8');
        assert.ok(text.includes(from));
        writeFileSync(web, text.replace(from, to));
        return text;
      };

      it('gives the policy that it shows', () => {
        const { status, stdout, stderr } = follow(commandOf(heading));
        assert.equal(status, 0, stderr);
        assert.deepEqual(policiesOf(stdout), ['allow-dns', 'cart', 'default-deny', 'web']);
        const shown = blocks(PAGE, 'yaml').find((block) => block.startsWith('# after')) ?? '';
        assert.ok(stdout.includes(shown.slice(shown.indexOf('\n') + 1)), `not on the page:\n${stdout}`);
      });

      it('shows the message that it shows', () => {
        const text = edit('allow-to: cart', 'allow-to: chekout');
        const { status, stderr } = follow(commandOf(heading));
        writeFileSync(web, text);
        assert.equal(status, 1);
        const [, message = ''] = /^(\[error\].*)$/m.exec(PAGE) ?? [];
        assert.ok(stderr.includes(message.replace(/ \(item \d+\)$/, '')), stderr);
      });

      it('warns in a pipe, and hides it elsewhere', () => {
        const text = edit('allow-to: cart', 'allow-to: cart:9');
        const runs = [commandOf(heading), commandOf('## When something is wrong')].map(follow);
        writeFileSync(web, text);
        assert.deepEqual(
          runs.map(({ status, stderr }) => [status, /\[undeclared-port\]/.test(stderr)]),
          [
            [0, false],
            [0, true],
          ],
        );
      });

      it('checks what was released, and fails when the flags were forgotten', () => {
        const check = commandOf('## Every command needs the flags').replace(/^.* \| /, '');
        const released = follow(`{ ${commandOf(heading)}; } | ${check}`);
        assert.deepEqual([released.status, released.stderr], [0, '']);
        const forgotten = follow(`helm template shop ./shop --namespace shop | ${check}`);
        assert.equal(forgotten.status, 1);
      });
    });
  }
});

/** The files that the page shows first under each name: later blocks are other examples. */
function filesOf(page: string): Map<string, string> {
  const named = blocks(page, 'yaml').flatMap((text) => {
    const [, name] = /^# (\S+\.yaml)\n/.exec(text) ?? [];
    return name === undefined ? [] : [[name, text] as const];
  });
  return new Map(named.reverse());
}

/** The last command of a section. */
function commandOf(heading: string): string {
  const [section = ''] = PAGE.slice(PAGE.indexOf(`${heading}\n`) + heading.length).split(/^## /m);
  return blocks(section, 'sh').at(-1)?.trimEnd() ?? assert.fail(`there is no command under ${heading}`);
}

function blocks(text: string, language: string): string[] {
  return Array.from(text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms')), ([, block = '']) => block);
}
