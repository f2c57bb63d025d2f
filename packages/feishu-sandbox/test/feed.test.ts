import { get } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeedReader } from './feed-reader.ts';
import { button, card, create, openStage, type Stage, text } from './helpers.ts';

let stage: Stage;
const readers: FeedReader[] = [];
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.stop();
  await stage.stop();
});

async function listen(after = 0, logs = false, headers: Record<string, string> = {}): Promise<FeedReader> {
  const reader = await FeedReader.open(stage.control.feedUrl(after, logs), headers);
  readers.push(reader);
  await reader.until(() => reader.of('clock').length > 0);
  return reader;
}

test('messages, changed cards, reactions, recalls and reads arrive in order, and nothing between load and feed is lost', async () => {
  const { control, sdk } = stage;
  await control.say({ as: 'A.secretary', chat: 'A', text: '以前' });
  const { changed } = await control.chats();
  const between = await control.say({ as: 'A.member.01', chat: 'A', text: '之间' });
  const feed = await listen(changed);
  await feed.until(() => feed.messages.length === 1);
  expect(feed.messages[0]).toMatchObject({ text: '之间', position: 2 });
  expect(feed.reads).toMatchObject([{ chat: 'A', person: 'A.member.01', position: 2 }]);

  const sent = await create(sdk, card([button('好')]), { msgType: 'interactive' });
  const id = sent.data?.message_id ?? '';
  await sdk.im.message.patch({ path: { message_id: id }, data: { content: card([], '新') } });
  await control.react({ message_id: id, as: 'A.secretary', emoji: 'OK' });
  await control.read({ message_id: id, as: 'A.member.02' });
  await control.recall({ message_id: between.message_id, as: 'A.member.01' });
  await feed.until(() => feed.messages.some(({ recalled }) => recalled));
  expect(feed.messages.findLast(({ message_id }) => message_id === id)).toMatchObject({
    text: '新',
    version: 2,
    position: 3,
    reactions: [{ by: 'A.secretary', emoji: 'OK' }],
  });
  expect(feed.reads.at(-1)).toMatchObject({ chat: 'A', person: 'A.member.02', position: 3 });
  const marks = feed.of('changes').map((one) => one.changed);
  expect(marks).toEqual([...marks].sort((a, b) => a - b));
  expect(marks.at(-1)).toBe((await control.messages()).changed);
});

test('who quotes a message that is recalled or edited is told', async () => {
  const { control, sdk } = stage;
  const said = await control.say({ as: 'A.secretary', chat: 'A', text: '原话' });
  const answer = await control.say({ as: 'A.member.01', chat: 'A', text: '答', reply_to: said.message_id });
  const sent = await create(sdk, text('机器人的原话'));
  const message_id = sent.data?.message_id ?? '';
  await control.say({ as: 'A.member.01', chat: 'A', text: '答机器人', reply_to: message_id });
  const feed = await listen((await control.chats()).changed);
  await control.recall({ message_id: said.message_id, as: 'A.secretary' });
  await feed.until(() => feed.messages.some((one) => one.message_id === answer.message_id && one.quote?.recalled));
  await sdk.im.message.update({ path: { message_id }, data: { msg_type: 'text', content: text('改过的话') } });
  await feed.until(() => feed.messages.some(({ quote }) => quote?.text === '改过的话'));
});

test('what happens at once comes as one event, at most 200 messages long', async () => {
  const { control } = stage;
  const feed = await listen();
  await Promise.all(Array.from({ length: 8 }, (_, n) => control.say({ as: 'A.secretary', text: `${n}` })));
  await feed.until(() => feed.messages.length >= 8);
  expect(feed.of('changes').length).toBeLessThan(8);
  feed.stop();

  for (let n = 0; n < 250; n += 1) await control.say({ as: 'B.secretary', chat: 'B', text: `${n}` });
  const late = await listen();
  await late.until(() => new Set(late.messages.map(({ seq }) => seq)).size === 258);
  expect(Math.max(...late.of('changes').map(({ items }) => items.length))).toBeLessThanOrEqual(200);
  const ids = late.messages.map(({ message_id }) => message_id);
  expect(new Set(ids).size).toBe(258);
});

test('a browser that reconnects goes on where it was; after a restart it is told to load anew', async () => {
  const { control } = stage;
  const first = await listen();
  await control.say({ as: 'A.secretary', text: '一' });
  await first.until(() => first.messages.length === 1);
  const id = first.events.findLast(({ name }) => name === 'changes')?.id ?? '';
  first.stop();
  await control.say({ as: 'A.secretary', text: '二' });

  const again = await listen(0, false, { 'Last-Event-ID': id });
  await again.until(() => again.messages.length > 0);
  expect(again.messages.map(({ text: said }) => said)).toEqual(['二']);
  expect(again.of('restart')).toEqual([]);

  const foreign = await listen(0, false, { 'Last-Event-ID': id.replace(/^\w+/, 'another') });
  const beyond = await listen(1_000_000);
  expect(foreign.events[0]?.name).toBe('restart');
  expect(beyond.events[0]?.name).toBe('restart');
  await control.say({ as: 'A.secretary', text: '三' });
  await beyond.until(() => beyond.messages.length > 0);
  expect(beyond.messages.map(({ text: said }) => said)).toEqual(['三']);
});

test('the clock comes at once and with every announced change', async () => {
  const feed = await listen();
  expect(feed.of('clock')[0]).toMatchObject({ now: '2026-11-20T09:00:00+08:00', speed: 0, held: false });
  await stage.control.advance('PT1H');
  await feed.until(() => feed.of('clock').some(({ now, held }) => now === '2026-11-20T10:00:00+08:00' && !held));
});

test('the list of chats comes when members change and when a private chat begins', async () => {
  const { control } = stage;
  const feed = await listen();
  await control.members({ chat: 'A', remove: ['A.member.02'] });
  await feed.until(() => feed.of('chats').length === 1);
  const group = feed.of('chats')[0]?.items.find(({ chat }) => chat === 'A');
  expect(group?.members).toEqual(['A.secretary', 'A.member.01']);
  await control.say({ as: 'A.member.01', text: '你好' });
  await feed.until(() => feed.of('chats').length === 2);
  expect(feed.of('chats')[1]?.items.at(-1)).toMatchObject({ chat: 'p2p:A.member.01', messages: 1 });
  await control.say({ as: 'A.member.01', text: '再说' });
  await feed.until(() => feed.messages.some(({ text: said }) => said === '再说'));
  expect(feed.of('chats')).toHaveLength(2);
});

test('calls and events come on demand only: the latest ones first, then new and changed ones', async () => {
  const { control, sdk, bot } = stage;
  bot.answer = (index) => (index === 0 ? { status: 500 } : {});
  await create(sdk, text('以前'));
  const { event_id } = await control.say({ as: 'A.secretary', text: '失败' });
  const quiet = await listen();
  const feed = await listen(0, true);
  await feed.until(() => feed.of('log').length === 1);
  const [log] = feed.of('log');
  expect(log?.calls.map(({ path }) => path)).toContain('/open-apis/im/v1/messages');
  expect(log?.deliveries).toMatchObject([{ event_id, open: true, attempts: [{ status: 500 }] }]);

  await control.advance('PT15S');
  await create(sdk, text('以后'));
  await feed.until(() => feed.of('log').some(({ deliveries }) => deliveries.some(({ open }) => !open)));
  await feed.until(() => feed.of('log').filter(({ calls }) => calls.length > 0).length > 1);
  const seqs = feed.of('log').flatMap(({ calls }) => calls.map(({ seq }) => seq));
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  await quiet.until(() => quiet.messages.some(({ text: said }) => said === '以后'));
  expect(quiet.of('log')).toEqual([]);
});

test('a reader that goes is forgotten, one that does not read holds nobody up, and closing ends them all', async () => {
  const { control, sandbox } = stage;
  const stuck = get(stage.control.feedUrl(0, true));
  stuck.on('error', () => undefined);
  await new Promise((resolve) => stuck.once('response', resolve));
  const feed = await listen();
  const gone = await listen();
  gone.stop();
  await control.say({ as: 'A.secretary', text: '在吗' });
  await feed.until(() => feed.messages.length === 1);
  expect(gone.messages).toEqual([]);
  const started = performance.now();
  await sandbox.close();
  await feed.until(() => feed.ended);
  expect(performance.now() - started).toBeLessThan(1000);
  stuck.destroy();
});
