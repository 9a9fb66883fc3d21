import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { postern } from '../cli/postern.ts';
import { describeWith, ROOT } from '../tools.ts';
import { focused, launch, type Opened, openGraph, overlaps, placesOf, selectedName } from './browser.ts';
import { NAMESPACES, threeHundred } from './three-hundred.ts';

const SHOP = readFileSync(join(ROOT, 'testdata', 'matrix', 'shop.yaml'), 'utf8');
const BLOCKED = readFileSync(join(ROOT, 'testdata', 'graph', 'blocked', 'blocked.yaml'), 'utf8');
const HOSTILE = readFileSync(join(ROOT, 'testdata', 'graph', 'hostile-names', 'hostile.yaml'), 'utf8');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeWith('chromium', 'the page of postern graph, in a browser', (path) => {
  let browser: Browser;
  let folder: string;
  let opened: Opened;
  let page: Page;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postern-graph-'));
    browser = await launch(path);
  });

  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await page?.context().close();
    assert.deepEqual(opened.complaints, []);
  });

  const open = async (input: string, options?: BrowserContextOptions): Promise<void> => {
    opened = await openGraph(browser, folder, input, options);
    page = opened.page;
  };
  const item = (name: string) => page.locator(`.item[data-name="${name}"]`);

  it('shows every workload in its namespace, and what it says of itself', async () => {
    await open(SHOP);
    assert.equal(await page.locator('#summary').textContent(), '6 workloads · 5 namespaces · 6 policies');
    for (const name of ['blog/blog', 'data/database', 'shop/cart', 'shop/report', 'shop/web']) {
      assert.equal(await page.getByRole('group', { name: name.split('/')[0] ?? '', exact: true }).count(), 1);
      assert.equal(await item(name).count(), 1, name);
    }
    assert.deepEqual(await page.locator('.box[aria-label=data] .door').allTextContents(), ['9187', '5432']);
  });

  it('opens the details of a workload with a click: its policies, and why each connection is open', async () => {
    await open(SHOP);
    await item('shop/web').click();
    assert.equal(await selectedName(page), 'shop/web');
    await page.locator('.out .connection', { hasText: 'shop/cart' }).locator('summary').click();
    const why = await page.locator('.out .connection', { hasText: 'shop/cart' }).locator('.why').innerText();
    assert.match(why, /Egress of Deployment\/shop\/web: open, isolated by shop\//);
    assert.match(why, /Ingress of Deployment\/shop\/cart: open, isolated by shop\//);
    assert.notEqual(await page.locator('.policy').count(), 0);
    await page.getByRole('button', { name: 'Show shop/cart' }).click();
    assert.equal(await selectedName(page), 'shop/cart');
    await page.getByRole('button', { name: 'Close the details' }).click();
    assert.equal(await selectedName(page), '');
  });

  it('says what is declared and blocked, in a word and in a colour, and how to open it', async () => {
    await open(BLOCKED);
    assert.equal(await page.locator('path.line.blocked[marker-end]').count(), 2);
    assert.deepEqual(await page.locator('.door.blocked').allTextContents(), ['✕ 5432', '✕ 7070']);
    await item('shop/web').click();
    const told = await page.locator('.part.blocked').innerText();
    for (const port of ['shop/cart:7070', 'data/database:5432']) {
      const answer = explained(BLOCKED, 'shop/web', port);
      assert.equal(answer.outcome, 'denied');
      for (const end of [answer.egress, answer.ingress]) {
        if (end.toOpen !== undefined) assert.ok(told.includes(end.toOpen), `${end.toOpen} in ${told}`);
      }
    }
    assert.ok(!told.includes('old-cart'), 'nothing is guessed of a name that is gone');
  });

  it('finds by name, and leads there with Enter', async () => {
    await open(SHOP);
    await page.keyboard.press('/');
    await page.keyboard.type('data bas');
    assert.deepEqual(await page.locator('#results li').allTextContents(), ['data/database']);
    assert.deepEqual(await page.locator('.item.found .title').allTextContents(), ['database']);
    await page.keyboard.press('Enter');
    assert.equal(await selectedName(page), 'data/database');
  });

  it('leaves namespaces out of the picture and the table', async () => {
    await open(SHOP);
    await page.locator('#filter summary').click();
    await page.getByRole('checkbox', { name: 'shop' }).uncheck();
    assert.equal(await item('shop/web').count(), 0);
    assert.equal(await page.locator('#filter-count').textContent(), '5 of 6');
    await page.getByRole('button', { name: 'Table' }).click();
    const rows = await page.locator('#rows tr').allInnerTexts();
    assert.notEqual(rows.length, 0);
    assert.deepEqual(
      rows.filter((row) => row.includes('shop')),
      [],
    );
    await page.locator('#filter summary').click();
    await page.getByRole('button', { name: 'All', exact: true }).click();
    assert.ok((await page.locator('#rows tr').count()) > rows.length);
  });

  it('has the whole picture in a table', async () => {
    await open(BLOCKED);
    await page.getByRole('button', { name: 'Table' }).click();
    const rows = await page.locator('#rows tr').allInnerTexts();
    assert.deepEqual(
      rows.map((row) =>
        row
          .split('\t')
          .slice(0, 4)
          .map((cell) => cell.trim().split(';')[0]),
      ),
      [
        ['shop/report', 'shop/cart', '7070', 'allowed'],
        ['shop/web', 'data/database', '5432', 'blocked'],
        ['shop/web', 'shop/cart', '7070', 'blocked'],
      ],
    );
  });

  it('is walked with the keyboard alone', async () => {
    await open(SHOP);
    await page.locator('#theme').focus();
    await page.keyboard.press('Tab');
    const first = await focused(page);
    assert.match(first, /^n\d+$/);
    await page.keyboard.press('End');
    assert.notEqual(await focused(page), first);
    await page.keyboard.press('Home');
    assert.equal(await focused(page), first);
    const visited = new Set<string>();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
      await page.keyboard.press(key);
      visited.add(await focused(page));
    }
    assert.ok(visited.size > 2, [...visited].join());
    const here = await focused(page);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    assert.equal(outline, 'solid', 'the focus is seen');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'details-title');
    await page.keyboard.press('Escape');
    assert.equal(await selectedName(page), '');
    assert.equal(await focused(page), here);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible in ${colorScheme} colours: picture, details and table`, async () => {
      await open(BLOCKED, { colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(AXE);
      assert.deepEqual(await violations(page), [], 'picture');
      await item('shop/web').click();
      for (const summary of await page.locator('#details summary').all()) await summary.click();
      assert.deepEqual(await violations(page), [], 'details');
      await page.getByRole('button', { name: 'Table' }).click();
      assert.deepEqual(await violations(page), [], 'table');
    });
  }

  it('follows the choice of colours', async () => {
    await open(SHOP, { colorScheme: 'light' });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Colours' }).click();
    assert.equal(await ground(), light);
    await page.getByRole('button', { name: 'Colours' }).click();
    assert.notEqual(await ground(), light);
  });

  it('does not move where motion is to be reduced', async () => {
    await open(SHOP, { reducedMotion: 'reduce' });
    const moving =
      "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length";
    assert.equal(await page.evaluate(moving), 0);
  });

  it('shows names that are markup as the text that they are', async () => {
    await open(HOSTILE);
    assert.equal(await page.evaluate("document.querySelectorAll('img, b').length"), 0);
    assert.ok((await page.locator('.item .title').allTextContents()).some((title) => title.includes('<img src=x')));
    await page.locator('.item').last().click();
    for (const summary of await page.locator('#details summary').all()) await summary.click();
    assert.ok((await page.locator('#details').innerText()).includes('</script><!--<script>'));
    await page.getByRole('button', { name: 'Table' }).click();
    assert.equal(await page.evaluate("document.querySelectorAll('img, b').length"), 0);
  });

  describe('with 300 workloads', () => {
    const generate = (): string => {
      const { status, stdout, stderr } = postern([], threeHundred());
      assert.equal(status, 0, stderr);
      return stdout;
    };

    it('begins with the namespaces, and unfolds what is asked for', async () => {
      await open(generate());
      assert.match((await page.locator('#summary').textContent()) ?? '', /^300 workloads/);
      const folded = await placesOf(page, '.item');
      assert.ok(folded.length >= NAMESPACES.length && folded.length < NAMESPACES.length + 4, `${folded.length}`);
      await page.locator('#search').fill('ledger store');
      await page.keyboard.press('Enter');
      assert.equal(await selectedName(page), 'ledger/store');
      const shown = await item('ledger/store').boundingBox();
      assert.ok(shown !== null && shown.x > 0 && shown.y > 60 && shown.x + shown.width < 890, 'it is in sight');
      assert.ok(shown.height >= 30, 'it can be read');
      assert.ok((await placesOf(page, '.item')).length < 50, 'the others stay folded');
    });

    it('places all of them without covering any', async () => {
      await open(generate());
      await page.locator('#fold').click();
      const items = await placesOf(page, '.item');
      assert.ok(items.length >= 300, `${items.length}`);
      assert.deepEqual(overlaps(items), []);
      const frames = await placesOf(page, '.frame');
      assert.ok(frames.length >= NAMESPACES.length);
      assert.deepEqual(overlaps(frames), []);
      const homeless = items.filter(
        (one) =>
          !frames.some(
            (frame) =>
              frame.x <= one.x &&
              frame.y <= one.y &&
              one.x + one.width <= frame.x + frame.width &&
              one.y + one.height <= frame.y + frame.height,
          ),
      );
      assert.deepEqual(homeless, []);
      const names = await page.locator('.head .name').first().boundingBox();
      assert.ok((names?.height ?? 0) >= 10, 'the names of namespaces can be read when all is in sight');
    });
  });
});

interface Answer {
  readonly outcome: string;
  readonly egress: { readonly toOpen?: string };
  readonly ingress: { readonly toOpen?: string };
}

/** What `postern explain` says of a pair. */
function explained(input: string, from: string, to: string): Answer {
  const { stdout, stderr } = postern(['explain', from, to, '-o', 'json'], input);
  const { answers } = JSON.parse(stdout || assert.fail(stderr)) as { readonly answers: readonly Answer[] };
  return answers[0] ?? assert.fail('there is an answer');
}

/** What axe finds wrong, a line each. */
async function violations(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate<{
    violations: readonly { id: string; nodes: readonly { html: string; failureSummary: string }[] }[];
  }>('axe.run(document)');
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
