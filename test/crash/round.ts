import type { CrashPoint } from '../../src/engine/crash-points.ts';
import { type Bot, type BotOptions, quiet, type Stack } from './stack.ts';
import { grouped, type Line, type Said, speak, speakOne } from './talk.ts';

export type Tally = {
  readonly reached: number;
  readonly killedAt: number;
  readonly said: number;
  readonly lost: number;
  readonly doubled: number;
};
type Order = { readonly point: CrashPoint; readonly nth: number; readonly restart?: BotOptions };

const total = (stack: Stack, point: CrashPoint): number => stack.reached().get(point) ?? 0;

/** Talks until the bot is dead: the script first, then further questions, should the point not have been reached yet. */
const talkToDeath = async (stack: Stack, bot: Bot, script: readonly (readonly Line[])[]): Promise<readonly Said[]> => {
  const said = [...(await speak(stack, script))];
  const gone = () => Promise.race([bot.exited, new Promise((resolve) => setTimeout(resolve, 1_500))]);
  await gone();
  for (let more = 0; bot.alive() && more < 20; more += 1) {
    const line = script[more % script.length]?.[0];
    if (!line) break;
    said.push(await speakOne(stack, { ...line, text: '帮助', records: 0 }));
    await gone();
  }
  if (bot.alive()) throw new Error(`the bot was not killed\n${stack.said()}`);
  return said;
};

/** Walks the clock as far as Feishu would need until every event was taken (feishu.md: 15 s, 5 min, 1 h, 6 h). */
export const redeliver = async (stack: Stack): Promise<void> => {
  for (const wait of ['PT16S', 'PT5M', 'PT1H', 'PT6H']) {
    const { items } = await stack.sandbox.deliveries();
    if (!items.some((delivery) => delivery.open)) return;
    await stack.sandbox.advance(wait);
  }
};

/** How many rows there are beyond the first of each cause. */
const surplus = <T>(rows: readonly T[], causeOf: (row: T) => string): number =>
  rows.length - grouped(rows, causeOf).size;

/** Every message has one answer, each record line one record, each cause one change of a kind, each undo one record. */
export const count = async (stack: Stack, said: readonly Said[]): Promise<Pick<Tally, 'lost' | 'doubled'>> => {
  const ids = said.map((one) => one.messageId);
  const { items } = await stack.sandbox.messages({ from: 'bot' });
  const answers = (id: string) => items.filter((message) => message.reply_to === id).length;
  const records = await stack.database
    .collection('records')
    .find({ 'source.message': { $in: ids } })
    .toArray();
  const changes = await stack.database.collection('changes').find().toArray();
  const withdrawn = await stack.database.collection('records').find({ state: 'withdrawn' }).toArray();
  const kept = (id: string) => records.filter((row) => row.source?.message === id).length;
  let lost = 0;
  let doubled =
    surplus(changes, (row) => `${row.cause} ${row.what}`) + surplus(withdrawn, (row) => String(row.lastCause));
  for (const { messageId, records: expected } of said) {
    if (answers(messageId) === 0 || kept(messageId) < expected) lost += 1;
    if (answers(messageId) > 1 || kept(messageId) > expected) doubled += 1;
  }
  return { lost, doubled };
};

/** One round: load, death at the point, restart, redelivery, and the bill. */
export const playRound = async (
  stack: Stack,
  bot: Bot,
  script: readonly (readonly Line[])[],
  { point, nth, restart }: Order,
): Promise<{ readonly bot: Bot; readonly tally: Tally; readonly said: readonly Said[] }> => {
  const before = total(stack, point);
  bot.arm(point, nth);
  const said = await talkToDeath(stack, bot, script);
  const killedAt = total(stack, point) - before;
  await stack.forgetFollowers();
  const next = await stack.startBot(restart);
  await redeliver(stack);
  await quiet(stack);
  await stack.sandbox.settle();
  const bill = await count(stack, said);
  return { bot: next, said, tally: { reached: total(stack, point) - before, killedAt, said: said.length, ...bill } };
};
