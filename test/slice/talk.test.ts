import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { mayUse } from '../../src/domain/permission.ts';
import { openStage, type Stage } from '../support/bot.ts';
import type { Speech } from '../support/bot-types.ts';

const record = '记录 主题党日 11月18日下午3点 党史馆 学支部条例 全到';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-20T10:00:00+08:00' });
});
afterAll(() => stage.close());

const records = (unit: string) => stage.rows('records', { unit });
const hear = async (speech: Speech) => {
  const { cards } = await stage.say(speech);
  expect(cards, speech.text ?? '').toHaveLength(1);
  return cards[0];
};

describe('what a line may look like', () => {
  it.each([
    [
      'B0101',
      '／记录 主题党日 １１月１８日下午３点 党史馆 学支部条例 应到１２实到１２',
      'a full-width slash and digits',
    ],
    ['B0102', record, 'no slash, but the bot is named'],
    ['B0103', '/主题党日 11月18日15:00 党史馆 学支部条例 全到', 'the kind as the command'],
  ])('%s: %s', async (unit, text) => {
    const card = await hear({ as: `${unit}.branchSecretary`, chat: unit, mention: true, text });
    expect(card?.kind).toBe('已记录');
    expect(await records(unit)).toMatchObject([
      { kind: 'TPD', startAt: new Date('2026-11-18T15:00:00+08:00'), place: '党史馆', topics: ['学支部条例'] },
    ]);
  });

  it('is a slash alone, where the tenant lets the bot read everything', async () => {
    await stage.sandbox.patchApp({ group_messages: 'all' });
    const card = await hear({ as: 'B0104.branchSecretary', chat: 'B0104', text: `/${record}` });
    await stage.sandbox.patchApp({ group_messages: 'mention' });
    expect(card?.kind).toBe('已记录');
    expect(await records('B0104')).toHaveLength(1);
  });

  it('is not heard at all without a mention where only those are delivered', async () => {
    const said = await stage.say({ as: 'B0105.branchSecretary', chat: 'B0105', text: `/${record}` });
    expect(said.event_id).toBeNull();
    expect(await records('B0105')).toEqual([]);
  });

  it.each([
    ['/记陆', '你是不是想说：/记录'],
    ['/邦助', '你是不是想说：/帮助'],
    ['/待扮', '你是不是想说：/待办'],
  ])('is asked about when mistyped: %s', async (text, hint) => {
    const card = await hear({ as: 'B0203.branchSecretary', chat: 'B0203', mention: true, text });
    expect(card).toMatchObject({ kind: '提示' });
    expect(card?.text).toContain(hint);
    expect(await records('B0203')).toEqual([]);
  });
});

describe('/帮助', () => {
  const people = ['B0201.branchSecretary', 'B0201.member.01', 'OD.odStaff.1'];
  it.each(people)('shows %s each command that this person may use, with its first word and example', async (as) => {
    const organisation = stage.college.organisation;
    const openId = stage.college.openIdOf(as);
    const person = organisation.people.find((one) => one.openId === openId) ?? null;
    const actor = { openId, person, appointed: as.startsWith('OD.') };
    const unit = as.startsWith('B0201') ? 'B0201' : 'OD';
    const card = await hear({ as, text: '/帮助' });
    expect(card?.kind).toBe('帮助');
    const shown = commands.filter((command) => card?.text.includes(`/${command.words[0]} `));
    expect(shown.map(({ name }) => name)).toEqual(
      commands.filter(({ access }) => mayUse(access, actor, unit, organisation)).map(({ name }) => name),
    );
    for (const { example } of shown) expect(card?.text).toContain(example);
  });
});

describe('/待办', () => {
  it('lists what is open before a record and says so after it', async () => {
    const ask = () => hear({ as: 'B0204.member.01', chat: 'B0204', mention: true, text: '/待办' });
    const before = await ask();
    expect(before).toMatchObject({ kind: '汇总', title: '还有1件事' });
    expect(before?.text).toContain('11月主题党日：11月30日（周一）前');
    await hear({ as: 'B0204.branchSecretary', chat: 'B0204', mention: true, text: `/${record}` });
    const after = await ask();
    expect(after?.text).toContain('本月没有待办');
    expect(after?.text).not.toContain('主题党日：');
  });

  it('shows a unit only to those it concerns', async () => {
    const card = await hear({ as: 'B0204.member.02', text: '/待办 B0203' });
    expect(card?.kind).toBe('提示');
    expect(card?.text).not.toContain('主题党日');
    const above = await hear({ as: 'ZZ02.organizer', text: '/待办 B0203' });
    expect(above).toMatchObject({ kind: '汇总' });
  });
});

describe('/绑定', () => {
  const bindings = () =>
    stage.rows<{ _id: string; unit: string }>('bindings', { _id: stage.college.chatIdOf('SPARE') });
  it('is refused politely for others, and binds nothing', async () => {
    const chats = await stage.sandbox.chats();
    const spare = chats.items.find(({ chat }) => chat === 'SPARE');
    const other = spare?.members.find((key) => !key.startsWith('OD.')) ?? 'B0201.branchSecretary';
    await stage.sandbox.members({ chat: 'SPARE', add: [other, 'OD.odStaff.1'] });
    const card = await hear({ as: other, chat: 'SPARE', mention: true, text: '/绑定 B0301' });
    expect(card).toMatchObject({ kind: '提示' });
    expect(card?.text).toContain('请联系组织部');
    expect(await bindings()).toEqual([]);
  });

  it('is done for an administrator, and logged', async () => {
    const card = await hear({ as: 'OD.odStaff.1', chat: 'SPARE', mention: true, text: '/绑定 农牧系教工第一党支部' });
    expect(card?.text).toContain('农牧系教工第一党支部');
    expect(await bindings()).toMatchObject([{ unit: 'B0301', by: stage.college.openIdOf('OD.odStaff.1') }]);
    expect(await stage.rows('changes', { what: 'bind' })).toHaveLength(1);
  });
});

describe('recording', () => {
  it.each([
    ['a plain member', 'B0202.member.01', '请联系'],
    ['the secretary of another branch who is in the group', 'B0301.branchSecretary', '这条只有本支部的书记或委员能记'],
    ['somebody of 组织部 who is in the group', 'OD.odStaff.1', '这条只有本支部的书记或委员能记'],
  ])('is refused for %s, without effect', async (_name, as, text) => {
    await stage.sandbox.members({ chat: 'B0202', add: [as] });
    const before = await stage.rows('changes');
    const card = await hear({ as, chat: 'B0202', mention: true, text: `/${record}` });
    expect(card).toMatchObject({ kind: '提示' });
    expect(card?.text).toContain(text);
    expect(await records('B0202')).toEqual([]);
    expect(await stage.rows('drafts', { unit: 'B0202' })).toEqual([]);
    expect(await stage.rows('changes')).toEqual(before);
  });

  it('is done for its own secretary in the same group (control)', async () => {
    await hear({ as: 'B0202.branchSecretary', chat: 'B0202', mention: true, text: `/${record}` });
    expect(await records('B0202')).toHaveLength(1);
  });
});
