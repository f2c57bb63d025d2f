import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';
import type { Card } from '../support/bot-types.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-20T10:00:00+08:00' });
});
afterAll(() => stage.close());

const incomplete = '/记录 主题党日 11月18日下午3点 党史馆 学支部条例';
const begin = async (unit: string, text = incomplete): Promise<Card> => {
  const { cards } = await stage.say({ as: `${unit}.branchSecretary`, chat: unit, mention: true, text });
  const [card] = cards;
  if (!card || cards.length !== 1) throw new Error(`${cards.length} cards for ${text}`);
  return card;
};
const records = (unit: string) => stage.rows<{ _id: string; state: string; submittedBy: string }>('records', { unit });
const drafts = (unit: string) => stage.rows<{ _id: string; state: string }>('drafts', { unit });
const cardNow = async (id: string): Promise<Card | undefined> =>
  (await stage.sent()).find((card) => card.message_id === id);

/** The names of what a card's form lets people fill in. */
const inputs = (card: Card | undefined): readonly string[] => {
  const text = JSON.stringify(card?.card ?? {});
  return [...text.matchAll(/"tag":"(?:input|select_static|picker_datetime|date_picker)","name":"(\w+)"/g)].map(
    ([, name]) => name ?? '',
  );
};

describe('a record that lacks something', () => {
  it('is kept and asked for once, in one card with only the missing fields', async () => {
    const card = await begin('B0301');
    expect(card).toMatchObject({ kind: '待补充', title: '主题党日还差1项' });
    expect(inputs(card)).toEqual(['present', 'absent']);
    expect(card.text).toContain('11月18日（周三）15:00 · 党史馆');
    expect(await records('B0301')).toEqual([]);
    expect(await drafts('B0301')).toMatchObject([{ state: 'open' }]);
    const [duty] = await stage.rows<{ _id: string; met: unknown }>('duties', { _id: 'TPD/B0301/2026-11' });
    expect(duty?.met).toBeNull();
  });

  it('is completed by the form: the card turns into the record, the duty is met', async () => {
    const card = await begin('B0302');
    const away = ['B0302.member.05', 'B0302.member.06'].map(
      (key) => stage.college.people.find((person) => person.key === key)?.name ?? '',
    );
    const form_value = { present: '12', absent: `${away[0]}(出差)、${away[1]}(病假)` };
    const clicked = await stage.sandbox.click({
      message_id: card.message_id,
      as: 'B0302.orgMember',
      name: 'submit',
      form_value,
    });
    expect(clicked).toMatchObject({ status: 200, toast: { type: 'success', content: '已记下' }, card: 'updated' });
    await stage.settle();
    expect(await cardNow(card.message_id)).toMatchObject({ kind: '已记录', title: '11月主题党日已记下' });
    expect(await records('B0302')).toMatchObject([
      {
        present: 12,
        expected: 14,
        filled: { expected: 'roster' },
        place: '党史馆',
        topics: ['学支部条例'],
        absent: [
          { name: away[0], reason: '出差' },
          { name: away[1], reason: '病假' },
        ],
        submittedBy: stage.college.openIdOf('B0302.orgMember'),
      },
    ]);
    expect(await drafts('B0302')).toMatchObject([{ state: 'done' }]);
    const [duty] = await stage.rows<{ _id: string; met: { by: string } | null }>('duties', {
      _id: 'TPD/B0302/2026-11',
    });
    expect(duty?.met?.by).toBe((await records('B0302'))[0]?._id);
  });

  it('is completed by a reply of one sentence', async () => {
    const card = await begin('B0303');
    const { cards } = await stage.say({
      as: 'B0303.branchSecretary',
      chat: 'B0303',
      mention: true,
      reply_to: card.message_id,
      text: '全到',
    });
    expect(cards).toMatchObject([{ kind: '已记录' }]);
    expect(await records('B0303')).toMatchObject([{ present: 24, expected: 24, place: '党史馆' }]);
    expect(await drafts('B0303')).toMatchObject([{ state: 'done' }]);
  });

  it('is not completed by a plain member, neither by click nor by reply (control)', async () => {
    const card = await begin('B0304');
    const as = 'B0304.member.05';
    const form_value = { present: '21' };
    const clicked = await stage.sandbox.click({ message_id: card.message_id, as, name: 'submit', form_value });
    expect(clicked.toast).toMatchObject({ type: 'warning', content: expect.stringContaining('书记或委员') });
    await stage.say({ as, chat: 'B0304', mention: true, reply_to: card.message_id, text: '全到' });
    expect(await records('B0304')).toEqual([]);
    expect(await drafts('B0304')).toMatchObject([{ state: 'open' }]);
  });
});

describe('two people on one form', () => {
  it('make one record; the slower one hears who was faster and sees the new card', async () => {
    const card = await begin('B0401');
    const people = ['B0401.branchSecretary', 'B0401.orgMember'];
    const click = (as: string, present: string) =>
      stage.sandbox.click({ message_id: card.message_id, as, name: 'submit', form_value: { present } });
    const answers = await Promise.all(people.map((as) => click(as, '25')));
    await stage.settle();
    const kept = await records('B0401');
    expect(kept).toHaveLength(1);
    const winner = people.find((key) => stage.college.openIdOf(key) === kept[0]?.submittedBy) ?? '';
    const name = stage.college.people.find(({ key }) => key === winner)?.name;
    const loser = answers[1 - people.indexOf(winner)];
    expect(answers[people.indexOf(winner)]?.toast).toEqual({ type: 'success', content: '已记下' });
    expect(loser).toMatchObject({ status: 200, toast: { type: 'info', content: `刚刚已由${name}处理` } });
    expect(await cardNow(card.message_id)).toMatchObject({ kind: '已记录' });
    expect(
      await stage.rows('changes', { what: 'submit', by: { $in: people.map(stage.college.openIdOf) } }),
    ).toHaveLength(1);
  });

  it('press the same button twice: the second press is the first one', async () => {
    const card = await begin('B0402');
    const click = () =>
      stage.sandbox.click({
        message_id: card.message_id,
        as: 'B0402.branchSecretary',
        name: 'submit',
        form_value: { present: '19' },
      });
    const answers = await Promise.all([click(), click()]);
    await stage.settle();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await records('B0402')).toHaveLength(1);
  });
});

describe('a photo alone', () => {
  it('gets a kind answer in private, and leaves nothing behind', async () => {
    const files = [{ name: '合影.jpg', base64: Buffer.from('not really a photo').toString('base64') }];
    const { cards } = await stage.say({ as: 'B0403.branchSecretary', files });
    expect(cards).toMatchObject([{ kind: '提示', title: '照片和文件还收不了' }]);
    expect(await records('B0403')).toEqual([]);
    expect(await drafts('B0403')).toEqual([]);
  });
});
