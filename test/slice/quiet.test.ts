import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';

const phone = '13812345678';
const canary = '金丝雀七号';
let stage: Stage;
const printed: string[] = [];
const write = { out: process.stdout.write, err: process.stderr.write };

beforeAll(async () => {
  const keep = (chunk: string | Uint8Array) => {
    printed.push(String(chunk));
    return true;
  };
  process.stdout.write = keep as typeof process.stdout.write;
  process.stderr.write = keep as typeof process.stderr.write;
  stage = await openStage({ now: '2026-11-20T10:00:00+08:00', groupMessages: 'all' });
});
afterAll(async () => {
  process.stdout.write = write.out;
  process.stderr.write = write.err;
  await stage.close();
});

const inboxOf = async (event: string | null) => (await stage.rows('inbox', { _id: event ?? '' }))[0];

describe('text not addressed to the bot', () => {
  it('leaves ids only in its row, nothing else anywhere, and gets no answer', async () => {
    const before = await stage.dump();
    const said = await stage.say({ as: 'B0201.member.01', chat: 'B0201', text: `${canary} 晚上吃什么 ${phone}` });
    expect(said.event_id).not.toBeNull();
    expect(said.cards).toEqual([]);
    const row = await inboxOf(said.event_id);
    expect(row).toMatchObject({ state: 'done', type: 'im.message.receive_v1', messageId: said.message_id });
    expect(Object.keys(row ?? {}).sort()).toEqual(
      [
        '_id',
        'type',
        'lane',
        'messageId',
        'createTime',
        'receivedAt',
        'state',
        'token',
        'tries',
        'plan',
        'expireAt',
      ].sort(),
    );
    expect(row).toMatchObject({ plan: { ignored: true } });
    const after = await stage.dump();
    expect(JSON.stringify(after)).not.toContain(canary);
    expect(JSON.stringify(after)).not.toContain(phone);
    for (const name of ['records', 'drafts', 'outbox', 'changes', 'duties']) expect(after[name]).toEqual(before[name]);
  });

  it('keeps ids only of an addressed message too, once it is handled', async () => {
    const said = await stage.say({ as: 'B0201.member.01', chat: 'B0201', mention: true, text: `帮助 ${canary}` });
    expect(said.cards).toHaveLength(1);
    expect(JSON.stringify(await inboxOf(said.event_id))).not.toContain(canary);
  });

  it('is a record when it is addressed (control)', async () => {
    const text = `/记录 主题党日 11月18日下午3点 ${canary}馆 学支部条例 全到`;
    const said = await stage.say({ as: 'B0201.branchSecretary', chat: 'B0201', text });
    expect(said.cards).toMatchObject([{ kind: '已记录' }]);
    expect(JSON.stringify(await stage.rows('records'))).toContain(canary);
  });
});

describe('people’s words in a card', () => {
  it('are inert: nobody is mentioned, no layout is broken', async () => {
    const text = '/记录 主题党日 11月18日下午3点 党史馆 学习<at id=all></at>**条例**精神 全到';
    const said = await stage.say({ as: 'B0202.branchSecretary', chat: 'B0202', text });
    expect(said.cards).toHaveLength(1);
    const body = JSON.stringify(said.cards[0]?.card?.body);
    expect(body).toContain('&#60;at');
    expect(body).not.toMatch(/<at|\*\*条例/);
  });
});

describe('the log', () => {
  it('never holds a text, a phone number, a name or a secret, whatever happens', async () => {
    const { app_secret, encrypt_key, verification_token } = await stage.sandbox.app();
    const odd = [`/${canary} ${phone}`, `撤销${canary}`, `/绑定 ${canary}`, `${canary}\n{"level":60}`];
    for (const text of odd) await stage.say({ as: 'B0203.branchSecretary', text });
    const draft = await stage.say({
      as: 'B0204.branchSecretary',
      text: `/记录 主题党日 11月18日 ${canary}馆 学${canary}精神`,
    });
    expect(draft.cards).toMatchObject([{ kind: '待补充' }]);
    await stage.sandbox.click({
      message_id: draft.cards[0]?.message_id ?? '',
      as: 'B0204.branchSecretary',
      name: 'submit',
      form_value: { present: `11 ${phone}` },
    });
    for (const body of [`{"encrypt":"${canary}"}`, canary])
      await fetch(`${stage.botUrl}/feishu/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    await stage.sandbox.addFault({
      match: { path: '/open-apis/im/v1/messages*' },
      kind: 'status',
      http: 500,
      times: 2,
    });
    await stage.say({ as: 'B0203.branchSecretary', text: `帮助 ${canary}` });
    await stage.settle();
    const all = [...stage.logs, ...printed].join('\n');
    expect(stage.logs.length).toBeGreaterThan(3);
    expect(all).toContain('webhook.rejected');
    for (const secret of [canary, phone, '王辛', '张三', app_secret, encrypt_key, verification_token])
      expect(all.includes(secret), secret.slice(0, 4)).toBe(false);
    expect(all).not.toMatch(/\bt-[0-9a-f]{16,}|Bearer/);
    for (const line of stage.logs) expect(() => JSON.parse(line)).not.toThrow();
  });
});
