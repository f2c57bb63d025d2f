import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Debian's Chromium, or the one that CHROMIUM names. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface Tab {
  page: Page;
  /** Fails when the page complained, or asked for anything that is not on this machine. */
  expectClean(): void;
  close(): Promise<void>;
}

/** A window of its own, with its own storage; `wanted` = viewport, colour scheme, touch. */
export async function openTab(browser: Browser, url: string, wanted: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'zh-CN', ...wanted });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(`${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1')
      complaints.push(`foreign: ${request.url()}`);
  });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await page.getByRole('navigation', { name: '会话' }).or(page.getByRole('log')).first().waitFor();
  return { page, expectClean: () => expect(complaints).toEqual([]), close: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds that is serious or worse, one line each; in the whole page, or in one part of it. */
export async function seriousFindings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const run = `axe.run(${JSON.stringify(part)}).then((found) => found.violations)`;
  const violations = await page.evaluate<Finding[]>(run);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}

/** How many different colours a region shows: a picture that was drawn has many, an empty one a few. */
export async function coloursIn(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector(wanted);
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
      if (alpha > 200) seen.add((red << 16) | (green << 8) | blue);
    }
    return seen.size;
  }, selector);
}
