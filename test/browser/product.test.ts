import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, openTab, type Tab } from '../../packages/feishu-sandbox/test/browser/browser.ts';
import { type Process, startProcess, type TempDir, tempDir } from '../support/processes.ts';

/** The whole program, as `npm start` starts it, used through its page. */
let browser: Browser;
let product: Process;
let folder: TempDir;
let tabs: Tab[] = [];

beforeAll(async () => {
  [browser, folder] = await Promise.all([launch(), tempDir()]);
  const env = { DATA_DIR: folder.path, PORT: '0', SANDBOX_PORT: '0', SANDBOX_NOW: '2026-11-20T10:00:00+08:00' };
  product = await startProcess({
    name: 'product',
    args: ['dist/local/main.js'],
    env,
    ready: /sandbox ready (\S+)[\s\S]*bot ready/,
  });
});
afterEach(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  for (const tab of tabs) tab.expectClean();
  tabs = [];
});
afterAll(async () => {
  await browser.close();
  await product.end('SIGTERM');
  await folder.remove();
});

const open = async (hash: string): Promise<Page> => {
  const tab = await openTab(browser, `${product.url}/#${hash}`);
  tabs.push(tab);
  return tab.page;
};
const secretary = 'as=B0201.branchSecretary&chat=B0201';
const say = async (page: Page, text: string): Promise<void> => {
  const box = page.getByRole('textbox', { name: '消息' });
  await box.fill(text);
  await box.press('Enter');
};
const cardOf = (page: Page, title: string) => page.locator('.message').filter({ hasText: title }).last();

describe('a secretary on the page', () => {
  it('completes a record by the form: the card turns into the record in its place', async () => {
    const page = await open(secretary);
    await say(page, '@支部助手 /记录 主题党日 11月18日下午3点 党史馆 学支部条例');
    const card = cardOf(page, '主题党日还差1项');
    await card.waitFor();
    const id = await card.getAttribute('data-id');
    await card.getByLabel('实到').fill('12');
    await card.getByLabel('缺席及原因').fill('赵甲(出差)、钱乙(病假)');
    await card.getByRole('button', { name: '补齐并提交' }).click();
    const same = page.locator(`[data-id="${id}"]`);
    await same.getByText('11月主题党日已记下').first().waitFor();
    await same.getByText('应到14 · 实到12').first().waitFor();
  });

  it('sees a month go by in about ten seconds, with reminders dropping in, and answers one by its button', async () => {
    const page = await open(secretary);
    await page.getByRole('textbox', { name: '消息' }).waitFor();
    const before = await page.locator('.message').count();
    const began = performance.now();
    await page.getByRole('button', { name: '播放一个月' }).click();
    await page.getByRole('progressbar').waitFor();
    await expect.poll(() => page.locator('.message').count(), { timeout: 15_000 }).toBeGreaterThan(before);
    // Some came while it was still playing, not all at the end.
    expect(await page.getByRole('progressbar').count()).toBe(1);
    await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 45_000 });
    console.log(`a month took ${((performance.now() - began) / 1000).toFixed(1)} s`);
    await page.getByRole('banner').getByText('2026年12月20日').first().waitFor();
    const reminder = page
      .locator('.message')
      .filter({ has: page.getByRole('button', { name: '知道了' }) })
      .last();
    await reminder.getByRole('button', { name: '知道了' }).click();
    await page.getByText(/^好的。|^好的，/).waitFor();
  });
});
