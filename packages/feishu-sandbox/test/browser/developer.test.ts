import { expect, it } from 'vitest';
import { create, text } from '../helpers.ts';
import { seriousFindings } from './browser.ts';
import { SECRETARY, useScene } from './scene.ts';

const scene = useScene();

it('shows an event with its signature and the bot’s answer, and sends it again', async () => {
  const page = await scene.open(`${SECRETARY}&developer=1`);
  const panel = page.getByRole('complementary', { name: '开发者面板' });
  await page.getByRole('textbox', { name: '消息' }).fill('@支部助手 还差什么');
  await page.getByRole('textbox', { name: '消息' }).press('Enter');
  const row = panel.getByText('im.message.receive_v1').last();
  await row.click();
  const detail = panel.getByRole('region', { name: /^详情/ });
  await detail.getByText('签名相符').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const before = scene.stage.bot.received.length;
  await detail.getByRole('button', { name: '重放', exact: true }).click();
  await expect.poll(() => scene.stage.bot.received.length).toBe(before + 1);
});

it('lists each call of the bot, with its code in words, and a path that nobody knows', async () => {
  const { sdk } = scene.stage;
  await create(sdk, text('您好'));
  await sdk.request({ method: 'GET', url: '/open-apis/im/v9/nothing' }).catch(() => undefined);
  const page = await scene.open(`${SECRETARY}&developer=1`);
  const panel = page.getByRole('complementary', { name: '开发者面板' });
  await panel.getByRole('tab', { name: '调用' }).click();
  await panel.getByText('/im/v1/messages').first().waitFor();
  await panel.getByText('未知路径').first().waitFor();
  await panel.getByText('/im/v9/nothing').first().click();
  await panel.getByRole('region', { name: /^详情/ }).getByText('404').first().waitFor();
});

it('sets a fault, which the next event meets', async () => {
  const page = await scene.open(`${SECRETARY}&developer=1`);
  const panel = page.getByRole('complementary', { name: '开发者面板' });
  await panel.getByRole('tab', { name: '故障' }).click();
  await panel.getByLabel('种类').selectOption({ index: 2 });
  await panel.getByLabel('对准什么').fill('im.message.receive_v1');
  await panel.getByRole('button', { name: '设下' }).click();
  await panel.getByText(/还剩\d+次/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  // Said now, the message does not reach the bot; the fault is used up, and what it did is written in the list.
  await page.getByRole('textbox', { name: '消息' }).fill('@支部助手 在吗');
  await page.getByRole('textbox', { name: '消息' }).press('Enter');
  await page.getByText('机器人没有应答').first().waitFor();
  await panel.getByText(/还剩\d+次/).waitFor({ state: 'detached' });
});
