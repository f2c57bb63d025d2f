import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { button, card, envelope, idOf } from '../helpers.ts';
import { coloursIn, PHONE, seriousFindings } from './browser.ts';
import { PNG, SECRETARY, useScene } from './scene.ts';

const scene = useScene();
const read = (name: string): string => readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8');
const schema: { inForm: object; alone: object } = JSON.parse(read('fields.json'));
const gallery: object[] = JSON.parse(read('gallery.json'));
const keys: string[] = [];

beforeAll(async () => {
  for (let count = 0; count < 3; count += 1) {
    const image = Buffer.from(PNG, 'base64');
    const sent = await scene.stage.sdk.im.image.create({ data: { image_type: 'message', image } });
    keys.push(sent?.image_key ?? '');
  }
});
const PEOPLE = ['A.secretary', 'A.member.01', 'A.member.02', 'B.secretary'].map((key) => idOf('ou_', key));
/** A card with the keys of uploaded pictures and the ids of people in the places that wait for them. */
const withKeys = (content: object): object =>
  JSON.parse(
    JSON.stringify(content)
      .replace(/(?:\$image|IMAGE_)(\d)/g, (_whole, n: string) => keys[Number(n) - 1] ?? '')
      .replace(/PERSON_(\d)/g, (_whole, n: string) => PEOPLE[Number(n) - 1] ?? ''),
  );

const send = (content: object) => scene.card(withKeys(content));
const messageOf = (page: Page, id: string) => page.locator(`[data-id="${id}"]`);
/** The action of the last click that the bot heard of. */
const heard = (): Record<string, unknown> => {
  const { bot, sandbox } = scene.stage;
  return Object(envelope(bot.received.at(-1), sandbox.app.encrypt_key).event.action);
};

describe('a form', () => {
  it('is filled in with each kind of field and submitted', async () => {
    const id = await send(schema.inForm);
    const page = await scene.open(SECRETARY);
    const form = messageOf(page, id);
    await form.getByLabel('活动名称').fill('11月主题党日');
    await form.getByLabel('会议内容').fill('学支部条例');
    await form.getByLabel('签到口令').fill('1234');
    await form.getByLabel('选择活动类别').selectOption({ label: '党课' });
    await form.getByRole('button', { name: /选择议程/ }).click();
    await page.getByRole('option', { name: '民主议事' }).click();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: /选择主持人/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /王辛/ }).click();
    await form.getByRole('button', { name: /选择缺席的人/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /赵甲/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /钱乙/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /完成/ }).click();
    await form.getByLabel('选择日期', { exact: true }).fill('2026-11-20');
    await form.getByLabel('选择时间', { exact: true }).fill('15:30');
    await form.getByLabel('选择截止时间', { exact: true }).fill('2026-11-30T18:00');
    await form
      .getByRole('group', { name: /photos/ })
      .getByRole('checkbox', { name: '党史馆' })
      .check();
    await form.getByLabel('已在会上宣读').check();
    expect(await seriousFindings(page)).toEqual([]);
    scene.stage.bot.answer = () => ({ body: { toast: { type: 'success', content: '已记下这次党课' } } });
    await form.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('已记下这次党课').waitFor();
    expect(heard()).toMatchObject({
      tag: 'button',
      name: 'submit',
      value: { op: 'record' },
      form_value: {
        title: '11月主题党日',
        minutes: '学支部条例',
        code: '1234',
        kind: 'LEC',
        topics: ['study', 'vote'],
        host: PEOPLE[0],
        absent: [PEOPLE[1], PEOPLE[2]],
        day: '2026-11-20 +0800',
        hour: '15:30 +0800',
        deadline: '2026-11-30 18:00 +0800',
        photos: ['hall'],
        confirmed: true,
      },
    });
  });

  it('is not submitted while something is missing, and says what', async () => {
    const id = await send(schema.inForm);
    const page = await scene.open(SECRETARY);
    const before = scene.stage.bot.received.length;
    await messageOf(page, id).getByRole('button', { name: '提交', exact: true }).click();
    await messageOf(page, id)
      .getByText(/^还有4项没填好：活动名称/)
      .waitFor();
    expect(await page.evaluate('document.activeElement?.name')).toBe('title');
    expect(scene.stage.bot.received.length).toBe(before);
  });
});

describe('a button', () => {
  const asking = {
    confirm: { title: { tag: 'plain_text', content: '撤销？' }, text: { tag: 'plain_text', content: '记录会作废' } },
    behaviors: [{ type: 'callback', value: { op: 'undo' } }],
  };

  it('with a question is sent on 确定 only; the card changes in its place', async () => {
    const id = await scene.card(JSON.parse(card([button('撤销', asking)], '11月主题党日已记下')));
    const page = await scene.open(SECRETARY);
    const message = messageOf(page, id);
    const before = scene.stage.bot.received.length;
    await message.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('dialog', { name: '撤销？' }).getByRole('button', { name: '取消' }).click();
    expect(scene.stage.bot.received.length).toBe(before);
    const order = await page.locator('.message').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    const changed = JSON.parse(card([{ tag: 'markdown', content: '王辛 10:02 撤销了' }], '已撤销'));
    scene.stage.bot.answer = () => ({ body: { card: { type: 'raw', data: changed } } });
    await message.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('dialog', { name: '撤销？' }).getByRole('button', { name: '确定' }).click();
    await message.getByText('王辛 10:02 撤销了').waitFor();
    expect(heard()).toMatchObject({ tag: 'button', value: { op: 'undo' } });
    const after = await page.locator('.message').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    expect(after).toEqual(order);
    expect(await message.getByRole('button', { name: '撤销' }).count()).toBe(0);
    // And once more from outside, as the bot patches it.
    const patched = card([{ tag: 'markdown', content: '又改了一次' }], '已撤销');
    await scene.stage.sdk.im.message.patch({ path: { message_id: id }, data: { content: patched } });
    await message.getByText('又改了一次').waitFor();
  });

  it('whose bot does not answer rightly shows the code that the client shows', async () => {
    const id = await scene.card(JSON.parse(card([button('知道了', { behaviors: [{ type: 'callback', value: {} }] })])));
    const page = await scene.open(SECRETARY);
    scene.stage.bot.answer = () => ({ status: 500 });
    await messageOf(page, id).getByRole('button', { name: '知道了' }).click();
    await page.getByText(/200671/).waitFor();
  });
});

describe('components on their own', () => {
  it('send at once what was chosen', async () => {
    const id = await send(schema.alone);
    const page = await scene.open(SECRETARY);
    const message = messageOf(page, id);
    scene.stage.bot.answer = () => ({ body: { toast: { type: 'info', content: '收到' } } });
    await message.getByLabel('选择活动类别').selectOption({ label: '党员大会' });
    await page.getByText('收到').waitFor();
    expect(heard()).toMatchObject({ tag: 'select_static', option: 'BGM' });
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('the gallery', () => {
  it('is drawn whole, in light and dark and on a phone, charts by their pixels', async () => {
    await scene.stage.control.setClock({ advance: 'PT1M' });
    const ids: string[] = [];
    for (const one of gallery) {
      ids.push(await send(one));
      await scene.stage.control.setClock({ advance: 'PT1S' });
    }
    for (const wanted of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: PHONE }] as const) {
      const page = await scene.open(SECRETARY, wanted);
      for (const id of ids) await lookAt(page, id);
      expect(await page.getByText('这里不认识组件').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  }, 120_000);

  /** Brings a card into view; each of its charts must have been drawn. */
  async function lookAt(page: Page, id: string): Promise<void> {
    const message = messageOf(page, id);
    await message.scrollIntoViewIfNeeded();
    const charts = await message.locator('.chart').count();
    for (let index = 0; index < charts; index += 1) {
      const chart = message.locator('.chart').nth(index);
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('canvas').first().waitFor();
    }
    if (charts > 0)
      await expect.poll(() => coloursIn(page, `[data-id="${id}"] canvas`), { timeout: 10_000 }).toBeGreaterThan(8);
    expect(await seriousFindings(page, `[data-id="${id}"]`)).toEqual([]);
  }
});
