import { describe, expect, it } from 'vitest';
import { PHONE, seriousFindings } from './browser.ts';
import { MEMBER, SECRETARY, useScene } from './scene.ts';

const scene = useScene();
const DARK = { colorScheme: 'dark' } as const;

describe('who speaks', () => {
  it('is changed by the switch, and the next message is theirs', async () => {
    const page = await scene.open(SECRETARY);
    await page.getByRole('button', { name: /说话的人/ }).click();
    const dialog = page.getByRole('dialog', { name: '换个人说话' });
    await dialog.getByRole('searchbox').pressSequentially('钱');
    await dialog.getByRole('searchbox').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const box = page.getByRole('textbox', { name: '消息' });
    await box.pressSequentially('我是钱乙');
    await box.press('Enter');
    await page.locator('.message').filter({ hasText: '我是钱乙' }).waitFor();
    const { items } = await scene.stage.control.messages({ chat: 'A' });
    expect(items.at(-1)).toMatchObject({ from: 'A.member.02', text: '我是钱乙' });
    expect(page.url()).toContain('as=A.member.02');
  });

  it('may be another person in each window; both see what is said, and who has read it', async () => {
    const secretary = await scene.open(SECRETARY);
    const member = await scene.open(MEMBER);
    await secretary.getByRole('textbox', { name: '消息' }).fill('三点开会');
    await secretary.getByRole('textbox', { name: '消息' }).press('Enter');
    const seen = member.locator('.message').filter({ hasText: '三点开会' });
    await seen.waitFor();
    await member.getByRole('textbox', { name: '消息' }).fill('好的');
    await member.getByRole('textbox', { name: '消息' }).press('Enter');
    await secretary.locator('.message').filter({ hasText: '好的' }).waitFor();
    await secretary.locator('.message').filter({ hasText: '三点开会' }).getByText('已读 1/2').waitFor();
  });
});

describe('time', () => {
  it('moves an hour by a button, in both windows', async () => {
    const [one, other] = [await scene.open(SECRETARY), await scene.open(MEMBER)];
    const before = Date.parse((await scene.stage.control.clock()).now);
    await one.getByRole('button', { name: '+1小时' }).click();
    await expect
      .poll(async () => Date.parse((await scene.stage.control.clock()).now) - before)
      .toBeGreaterThanOrEqual(3_600_000);
    const hour = new Date(before + 8 * 3_600_000 + 3_600_000).toISOString().slice(11, 13);
    for (const page of [one, other])
      await page
        .getByRole('banner')
        .getByText(new RegExp(`${hour}:\\d\\d`))
        .first()
        .waitFor();
  });

  it('goes to the next working day at nine, over a weekend', async () => {
    await scene.stage.control.setClock({ set: '2026-11-20T15:00' });
    const page = await scene.open(SECRETARY);
    await page.getByRole('button', { name: '下一工作日9点' }).click();
    await page.getByText('2026年11月23日（周一）09:00').first().waitFor();
  });
});

describe('the page', () => {
  it('has no serious finding in the dark, and on a phone shows one thing at a time', async () => {
    await scene.card({
      schema: '2.0',
      header: { template: 'green', title: { tag: 'plain_text', content: '11月主题党日已记下' } },
      body: { elements: [{ tag: 'markdown', content: '应到14 · 实到12' }] },
    });
    const dark = await scene.open(SECRETARY, DARK);
    await dark.locator('.message').filter({ hasText: '已记下' }).waitFor();
    expect(await seriousFindings(dark)).toEqual([]);
    const phone = await scene.open(SECRETARY, { ...DARK, viewport: PHONE, hasTouch: true, isMobile: true });
    await phone.locator('.message').filter({ hasText: '已记下' }).waitFor();
    expect(await phone.getByRole('navigation', { name: '会话' }).isVisible()).toBe(false);
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await seriousFindings(phone)).toEqual([]);
    await phone.getByRole('button', { name: '返回会话列表' }).tap();
    await phone.getByRole('navigation', { name: '会话' }).waitFor();
    expect(await seriousFindings(phone)).toEqual([]);
  });

  it('never runs what people write', async () => {
    const evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>[链接](javascript:window.hurt=1)';
    await scene.stage.control.say({ chat: 'A', as: 'A.secretary', text: evil });
    await scene.card({ schema: '2.0', body: { elements: [{ tag: 'markdown', content: evil }] } });
    const page = await scene.open(SECRETARY);
    await page.locator('.message').filter({ hasText: 'onerror' }).first().waitFor();
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  });
});
