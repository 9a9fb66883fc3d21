import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { explain } from '../../src/explain.ts';
import { postern } from '../cli/postern.ts';
import { describeWith, ROOT } from '../tools.ts';
import { launch, openGraph } from './browser.ts';

const read = (...path: readonly string[]): string => readFileSync(join(ROOT, 'testdata', ...path), 'utf8');

/** Hand-written policies, generated ones, and a build that lost some. */
const BUILDS: Readonly<Record<string, () => string>> = {
  'matrix/shop.yaml': () => read('matrix', 'shop.yaml'),
  'the zero-trust playbook': () =>
    postern([], read('seeds', 'zero-trust-playbook', 'clusters', 'staging', 'input.yaml')).stdout,
  'graph/blocked': () => read('graph', 'blocked', 'blocked.yaml'),
};

/** What the details of the page say of one connection. */
interface Told {
  readonly from: string;
  readonly to: string;
  /** `5432`, `53, 53/udp`, `all ports`. */
  readonly ports: string;
  /** `shop/web, egress rule 1`, in order. */
  readonly rules: readonly string[];
  /** What each end says before its rules, first at the source. */
  readonly ends: readonly string[];
}

describeWith('chromium', 'the details on the page of postern graph', (path) => {
  let browser: Browser;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postern-graph-'));
    browser = await launch(path);
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, build] of Object.entries(BUILDS)) {
    it(`say what postern explain says of every pair of ${name}`, async () => {
      const input = build();
      const { page } = await openGraph(browser, folder, input);
      const [names, told] = [await endNames(page), await readDetails(page)];
      await page.context().close();
      const found = new Map(told.map((one) => [`${one.from} ${one.to}`, one]));
      let open = 0;
      for (const from of names) {
        for (const to of names.filter((other) => other !== from)) {
          const [one, verdict] = [found.get(`${from} ${to}`), answer(input, from, `${to}:*`)];
          const isUnbound = verdict.egress.free !== undefined && verdict.ingress.free !== undefined;
          assert.equal(one?.ports, isUnbound ? undefined : labelOf(verdict.open), `${from} -> ${to}`);
          if (one === undefined) continue;
          open += 1;
          compareReasons(input, one);
        }
      }
      assert.notEqual(open, 0, 'there is something to compare');
    });
  }
});

function compareReasons(input: string, { from, to, ports, rules, ends }: Told): void {
  const asked = answer(input, from, `${to}:${ports === 'all ports' ? '*' : ports.replaceAll(', ', '+')}`);
  assert.equal(asked.outcome, 'allowed', `${from} -> ${to}`);
  const deciding = (['egress', 'ingress'] as const).flatMap((way) =>
    asked[way].rules.filter(({ opens }) => opens).map(({ policy, rule }) => `${policy.name}, ${way} rule ${rule}`),
  );
  assert.deepEqual(rules, deciding, `${from} -> ${to}`);
  for (const [index, way] of (['egress', 'ingress'] as const).entries()) {
    for (const { name } of asked[way].isolatedBy) assert.ok(ends[index]?.includes(name), `${name}: ${ends[index]}`);
    assert.equal(ends[index]?.includes('isolated by'), asked[way].free === undefined, ends[index]);
  }
}

interface EndOfAnswer {
  readonly free?: string;
  readonly isolatedBy: readonly { readonly name: string }[];
  readonly rules: readonly {
    readonly policy: { readonly name: string };
    readonly rule: number;
    readonly opens: boolean;
  }[];
}

interface Answer {
  readonly outcome: string;
  readonly open: readonly string[];
  readonly egress: EndOfAnswer;
  readonly ingress: EndOfAnswer;
}

function answer(input: string, from: string, to: string): Answer {
  const { text, problems } = explain({ input }, { from, to, format: 'json', isColoured: false });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
    `${from} -> ${to}`,
  );
  const { answers } = JSON.parse(text) as { readonly answers: readonly Answer[] };
  return answers[0] ?? assert.fail('there is an answer');
}

/** The same words as on the page; undefined where nothing is open. */
function labelOf(open: readonly string[]): string | undefined {
  if (open.length === 0) return undefined;
  return open.includes('*') ? 'all ports' : open.map((word) => word.replace('/tcp', '')).join(', ');
}

/** The ends that a question can name one by one. */
async function endNames(page: Page): Promise<readonly string[]> {
  const names = await page.evaluate<readonly string[]>(
    "[...document.querySelectorAll('.item:not(.set, .outside)')].map((item) => item.dataset.name)",
  );
  return names.filter((name) => name.includes('/') && !name.endsWith('/*'));
}

/** Opens the details of every node, and of each of its connections. */
function readDetails(page: Page): Promise<readonly Told[]> {
  return page.evaluate(`(async () => {
    const told = [];
    for (const item of document.querySelectorAll('.item:not(.set)')) {
      item.click();
      for (const made of document.querySelectorAll('.out .connection')) {
        const opened = new Promise((done) => made.addEventListener('toggle', done, { once: true }));
        made.open = true;
        await opened;
        told.push({
          from: item.dataset.name,
          to: made.querySelector('.peer').textContent,
          ports: made.querySelector('.chip').textContent,
          rules: [...made.querySelectorAll('.rule')].map((rule) => rule.textContent),
          ends: [...made.querySelectorAll('.why > p, .end > p')].map((end) => end.textContent),
        });
      }
    }
    return told;
  })()`);
}
