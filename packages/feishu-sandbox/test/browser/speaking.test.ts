import { describe, expect, it } from 'vitest';
import { create, text } from '../helpers.ts';
import { seriousFindings } from './browser.ts';
import { PNG, SECRETARY, useScene } from './scene.ts';

const scene = useScene();
const said = async (): Promise<string[]> =>
  (await scene.stage.control.messages({ chat: 'A' })).items.map((one) => one.text);

describe('typing', () => {
  it('sends on Enter, breaks the line on Shift+Enter, and empties the box', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('第一行');
    await box.press('Shift+Enter');
    await box.pressSequentially('第二行');
    await box.press('Enter');
    await page.locator('.message').filter({ hasText: '第二行' }).waitFor();
    expect(await said()).toContain('第一行\n第二行');
    expect(await box.inputValue()).toBe('');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('keeps what was begun in each chat', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('写到一半');
    const chats = page.getByRole('navigation', { name: '会话' });
    await chats
      .getByRole('button', { name: /^支部助手|机器人/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /支部助手|机器人/ }).waitFor();
    expect(await box.inputValue()).toBe('');
    await box.pressSequentially('另一句');
    await chats.getByRole('button', { name: /第一支部工作群/ }).click();
    await expect.poll(() => box.inputValue()).toBe('写到一半');
    await box.pressSequentially('，接着写');
    expect(await box.inputValue()).toBe('写到一半，接着写');
  });

  it('offers people and the bot after @, by keys alone', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('@赵');
    const options = page.getByRole('option');
    await options.first().waitFor();
    expect(await options.allTextContents()).toEqual([expect.stringContaining('赵甲')]);
    await box.press('Enter');
    await box.pressSequentially('下午来吗');
    await box.press('Enter');
    await page.locator('.message').filter({ hasText: '下午来吗' }).waitFor();
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)?.text).toBe('@赵甲 下午来吗');
    // A mention, not only its letters: the API gives it as one.
    const got = await scene.stage.sdk.im.message.get({ path: { message_id: items.at(-1)?.message_id ?? '' } });
    expect(got.data?.items?.[0]?.mentions?.map(({ name }) => name)).toEqual(['赵甲']);
  });

  it('offers the commands after /, mentions the bot with them, and the bot hears it', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('/');
    const options = page.getByRole('option');
    await options.first().waitFor();
    expect(await options.allTextContents()).toEqual([expect.stringContaining('记一次会议或活动')]);
    await box.press('Enter');
    expect(await box.inputValue()).toBe('@支部助手 /记录 ');
    const before = scene.stage.bot.received.length;
    await box.press('Enter');
    await page.locator('.message').filter({ hasText: '/记录' }).waitFor();
    expect(scene.stage.bot.received.length).toBe(before + 1);
  });
});

describe('answering', () => {
  it('quotes the message, and the answer carries its id', async () => {
    const sent = await create(scene.stage.sdk, text('本月主题党日还没有记录'));
    const page = await scene.open(SECRETARY);
    const message = page.locator('.message').filter({ hasText: '本月主题党日还没有记录' });
    await message.hover();
    await message.getByRole('button', { name: '回复', exact: true }).click();
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('昨天开过了');
    await box.press('Enter');
    await page.locator('.message').filter({ hasText: '昨天开过了' }).waitFor();
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)).toMatchObject({ reply_to: sent.data?.message_id, text: '@支部助手 昨天开过了' });
  });
});

describe('pictures and files', () => {
  const drop = (name: string, type: string, base64: string) =>
    `(() => {
      const bytes = Uint8Array.from(atob('${base64}'), (one) => one.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], '${name}', { type: '${type}' }));
      const zone = document.querySelector('main');
      for (const kind of ['dragenter', 'dragover', 'drop'])
        zone.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    })()`;

  it('are dropped onto the chat, sent with the words, shown, and enlarged', async () => {
    const page = await scene.open(SECRETARY);
    await page.evaluate(drop('合影.png', 'image/png', PNG));
    await page.getByRole('list', { name: '待发送的文件' }).getByText('合影.png').waitFor();
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('活动合影');
    await box.press('Enter');
    const message = page.locator('.message').filter({ hasText: '活动合影' });
    const picture = message.getByRole('img').last();
    await picture.waitFor();
    await expect
      .poll(() => picture.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0)))
      .toBe(8);
    await picture.click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)).toMatchObject({ type: 'post', files: [{ name: '合影.png', kind: 'image' }] });
  });

  it('are pasted, and can be taken out again', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.focus();
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['会议记录'], '会议记录.txt', { type: 'text/plain' }));
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    const waiting = page.getByRole('list', { name: '待发送的文件' });
    await waiting.getByText('会议记录.txt').waitFor();
    await page.getByRole('button', { name: '移除会议记录.txt' }).click();
    await waiting.waitFor({ state: 'detached' });
  });
});

describe('a message', () => {
  it('of one’s own is taken back', async () => {
    const page = await scene.open(SECRETARY);
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('发错了的话');
    await box.press('Enter');
    const message = page.locator('.message').filter({ hasText: '发错了的话' });
    await message.hover();
    await message.getByRole('button', { name: '撤回' }).click();
    await message.getByRole('button', { name: '确定撤回' }).click();
    await page.getByText('撤回了一条消息').waitFor();
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)?.recalled).toBe(true);
  });

  it('is given an emoji, which is taken back by a second click', async () => {
    const sent = await scene.stage.control.say({ chat: 'A', as: 'A.member.01', text: '材料交齐了' });
    const page = await scene.open(SECRETARY);
    const message = page.locator(`[data-id="${sent.message_id}"]`);
    await message.hover();
    await message.getByRole('button', { name: '表情' }).click();
    await message.getByRole('toolbar').getByRole('button', { name: 'OK' }).click();
    const chip = message.getByRole('button', { name: /OK 1\s*，王辛/ });
    await chip.waitFor();
    expect((await scene.stage.control.message(sent.message_id)).reactions).toMatchObject([{ by: 'A.secretary' }]);
    await chip.click();
    await chip.waitFor({ state: 'detached' });
    expect((await scene.stage.control.message(sent.message_id)).reactions).toEqual([]);
  });

  it('is discussed in a topic beside the chat, which counts its answers', async () => {
    const sent = await scene.stage.control.say({ chat: 'A', as: 'A.member.01', text: '下周去哪里学习' });
    const page = await scene.open(SECRETARY);
    const message = page.locator(`.message-list [data-id="${sent.message_id}"]`).first();
    await message.hover();
    await message.getByRole('button', { name: '话题回复' }).click();
    const topic = page.getByRole('complementary', { name: '话题' });
    for (const words of ['去革命纪念馆', '下午两点出发']) {
      await topic.getByRole('textbox').fill(words);
      await topic.getByRole('textbox').press('Enter');
      await topic.getByText(words).waitFor();
    }
    await message.getByText('2条回复').waitFor();
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)?.thread_id).toMatch(/^omt_/);
    expect(await seriousFindings(page)).toEqual([]);
    // The chat itself stays short: what is said in a topic stands there only.
    await topic.getByRole('button', { name: '关闭话题' }).click();
    expect(await page.getByText('去革命纪念馆').count()).toBe(0);
  });
});
