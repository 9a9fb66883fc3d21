import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { postern } from '../cli/postern.ts';

/** A page of `postern graph` in a browser without a network. */
export interface Opened {
  readonly page: Page;
  /** What the page asked for beside itself, and what it complained of. Empty when all is well. */
  readonly complaints: readonly string[];
}

/** Starts the browser of the tests. It is root's in containers, where Chromium has no sandbox. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Writes the page for an input, which is given as text, and opens it from the disk. */
export async function openGraph(
  browser: Browser,
  folder: string,
  input: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const file = join(folder, 'graph.html');
  const { status, stdout, stderr } = postern(['graph', '-o', 'html'], input);
  assert.equal(status, 0, stderr);
  writeFileSync(file, stdout);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`asked for ${request.url()}`);
  });
  page.on('console', (message) => complaints.push(`said ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`failed with ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`opened a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, complaints };
}

/** The name of the input's object that is selected; '' for none. */
export function selectedName(page: Page): Promise<string> {
  return page.evaluate(
    "document.getElementById('details').hidden ? '' : document.getElementById('details-title').textContent",
  );
}

/** What has the focus: the id of an item, else of an element, else its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(
    'document.activeElement.dataset.id ?? (document.activeElement.id || document.activeElement.textContent.trim())',
  );
}

/** A rectangle of the picture, without its zoom. */
export interface Place {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of a class is, as the layout put it. */
export function placesOf(page: Page, selector: string): Promise<readonly Place[]> {
  return page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map((found) => ({
    name: found.dataset.name ?? '',
    x: parseFloat(found.style.left),
    y: parseFloat(found.style.top),
    width: parseFloat(found.style.width),
    height: parseFloat(found.style.height),
  }))`);
}

/** Pairs that cover each other. */
export function overlaps(places: readonly Place[]): readonly string[] {
  return places.flatMap((a, index) =>
    places
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.name} and ${b.name}`),
  );
}
