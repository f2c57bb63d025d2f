import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/bot.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-02T08:00:00+08:00', speed: 0 });
  await stage.jumpTo('2026-11-30T08:00:00+08:00');
  await stage.walkTo('2026-12-01T08:00:00+08:00');
}, 60_000);
afterAll(() => stage.close());

const days = async (chat: string) =>
  (await stage.sent(0, chat)).map(({ created_at, kind }) => `${created_at.slice(0, 10)} ${kind}`);

describe('after four weeks of downtime', () => {
  it('only the latest missed step is sent: nothing for the 10th, the 25th and the 27th', async () => {
    expect(await days('B0202')).toEqual(['2026-11-30 提醒']);
    expect(await days('p2p:B0202.branchSecretary')).toEqual(['2026-11-30 提醒']);
    const [row] = await stage.rows('outbox', { 'to.id': stage.college.chatIdOf('B0202') });
    expect(row).toMatchObject({
      items: [
        { duty: 'BCM/B0202/2026-11', step: 'D', card: 'duty' },
        { duty: 'TPD/B0202/2026-11', step: 'D', card: 'duty' },
      ],
    });
  });

  it('each missed run of a job is accounted for: one ran, the others say why not', async () => {
    const rows = await stage.rows<{ at: Date; state: string; reason?: string }>('occurrences', {
      job: 'remind-duties',
    });
    const missed = rows.filter(({ at }) => at > new Date('2026-11-03T00:00Z') && at < new Date('2026-11-30T00:00Z'));
    expect(missed).toHaveLength(27);
    expect(missed.filter(({ state, reason }) => state !== 'done' && !reason)).toEqual([]);
  });

  it('the ladder then goes on by itself (control)', async () => {
    await stage.walkTo('2026-12-01T12:00:00+08:00');
    expect(await days('p2p:B0202.branchSecretary')).toEqual(['2026-11-30 提醒', '2026-12-01 逾期']);
  }, 30_000);
});

describe('a bot that comes back in the evening of a reminding day', () => {
  it('says nothing outside the windows, and makes up for it on the next working day', async () => {
    await stage.jumpTo('2026-12-10T20:00:00+08:00');
    expect((await days('B0202')).filter((day) => day.startsWith('2026-12-1'))).toEqual([]);
    await stage.walkTo('2026-12-11T12:00:00+08:00');
    expect((await days('B0202')).slice(1)).toEqual(['2026-12-11 提醒']);
  }, 30_000);
});
