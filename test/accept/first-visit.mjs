/**
 * Point 1 of the sandbox: a new user opens the page, takes the first chip, sends it, and sees the record finished.
 * Every click and key goes through the browser's own input and is counted.
 */
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { startAll } from './start-all.mjs';

const goals = { clicks: 3, keystrokes: 25 };
const root = resolve(import.meta.dirname, '../..');
const switches = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const quiet = ['--disable-sync', '--disable-quic', '--no-first-run'];

/** A person's hands: what they do is counted. */
const handsOn = (page) => {
  const counted = { clicks: 0, keystrokes: 0 };
  return {
    counted,
    click: async (target) => {
      counted.clicks += 1;
      await target.click();
    },
    press: async (key) => {
      counted.keystrokes += 1;
      await page.keyboard.press(key);
    },
  };
};

/** Visible means that a person sees it: the whole tag lies on the screen, not above or below what is scrolled to. */
const seen = async (tag) => {
  await tag.waitFor({ state: 'visible' });
  const shown = await tag.evaluate(
    (element) =>
      new Promise((answer) => {
        new IntersectionObserver(([entry]) => answer(entry.intersectionRatio), { threshold: 1 }).observe(element);
      }),
  );
  if (shown < 1) throw new Error('the card with the tag 已记录 is outside of what is shown');
};

const visit = async (page, url) => {
  const hands = handsOn(page);
  await page.goto(url);
  const opened = performance.now();
  await hands.click(page.getByRole('region', { name: '示例' }).locator('.tip').first());
  await hands.press('Enter');
  await seen(page.getByRole('article').getByText('已记录', { exact: true }).first());
  return { ...hands.counted, seconds: Number(((performance.now() - opened) / 1000).toFixed(1)) };
};

const measure = async ({ url }) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...switches, ...quiet],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
    page.setDefaultTimeout(30_000);
    return await visit(page, url);
  } finally {
    await browser.close();
  }
};

const taken = await startAll(root, measure);
const met = Object.entries(goals).every(([what, most]) => taken[what] <= most);
console.log(
  `first visit: ${met ? 'ok' : 'not ok'}: ${taken.clicks} clicks, ${taken.keystrokes} keystrokes, ${taken.seconds} s to the first record`,
);
process.exitCode = met ? 0 : 1;
