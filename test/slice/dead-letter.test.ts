import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { openStage, type Stage } from '../support/bot.ts';
import type { Said } from '../support/bot-types.ts';

const run = promisify(execFile);
const poisoned = { now: true, calls: 0 };

/** What `undo` reads breaks, as it would through a bug; everything else works. */
const withPoison = (store: Store): Store => ({
  ...store,
  records: {
    ...store.records,
    lastOf: (sender, since) => {
      if (!poisoned.now) return store.records.lastOf(sender, since);
      poisoned.calls += 1;
      throw new TypeError('poison');
    },
  },
});

let stage: Stage;
let poison: Said;
beforeAll(async () => {
  stage = await openStage({ now: '2026-11-20T10:00:00+08:00', store: withPoison });
  const common = { as: 'B0201.branchSecretary', chat: 'B0201', mention: true };
  poison = await stage.say({ ...common, text: '撤销' });
});
afterAll(() => stage.close());

const dead = async (...args: string[]) => {
  const { stdout } = await run(process.execPath, ['dist/cli/dead-letters.js', ...args], {
    env: { PATH: process.env.PATH ?? '', MONGODB_URI: stage.uri },
  });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
};
const rowOf = async () => (await stage.rows('inbox', { _id: poison.event_id ?? '' }))[0];

describe('a message that cannot be handled', () => {
  it('is buried after five tries, and its sender told in one sentence', async () => {
    expect(poisoned.calls).toBe(5);
    expect(await rowOf()).toMatchObject({ state: 'dead', note: '5 tries' });
    expect(poison.cards).toMatchObject([{ kind: '提示', title: '这条没处理成', chat: 'B0201' }]);
    expect(stage.logs.filter((line) => line.includes('inbox.dead'))).toHaveLength(1);
  });

  it('does not stop its lane', async () => {
    const text = '/记录 主题党日 11月18日下午3点 党史馆 学支部条例 全到';
    const next = await stage.say({ as: 'B0201.branchSecretary', chat: 'B0201', mention: true, text });
    expect(next.cards).toMatchObject([{ kind: '已记录' }]);
  });

  it('is listed without what it says', async () => {
    const [row, ...others] = await dead('list');
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: poison.event_id, type: 'im.message.receive_v1', tries: 5 });
    expect(JSON.stringify(row)).not.toContain('撤销');
  });

  it('is handled when it is driven again after the cause is gone', async () => {
    poisoned.now = false;
    expect(await dead('redrive', poison.event_id ?? '')).toEqual([{ id: poison.event_id, redriven: true }]);
    await expect.poll(async () => (await rowOf())?.state, { timeout: 10_000 }).toBe('done');
    await stage.settle();
    const cards = (await stage.sent(0, 'B0201')).filter((card) => card.reply_to === poison.message_id);
    expect(cards.map(({ title }) => title)).toEqual(['这条没处理成', '已撤销刚才的记录']);
    expect(await dead('list')).toEqual([]);
  });

  it('is not driven again when it is not dead (control)', async () => {
    await expect(dead('redrive', poison.event_id ?? '')).rejects.toMatchObject({ code: 1 });
  });
});
