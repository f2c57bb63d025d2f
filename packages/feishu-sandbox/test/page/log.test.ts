import { describe, expect, test } from 'vitest';
import {
  callResult,
  callRow,
  callsAfter,
  eventRow,
  filtered,
  KEPT,
  lineOf,
  merge,
  upsert,
  windowOf,
} from '../../page/developer/log.ts';
import type { CallView, DeliveryView } from '../../src/client.ts';

const time = (seconds: number): string =>
  new Date(Date.parse('2026-11-24T10:00:00+08:00') + seconds * 1000).toISOString();

const call = (seq: number, seconds: number, given: Partial<CallView> = {}): CallView => ({
  seq,
  at: time(seconds),
  method: 'POST',
  path: '/open-apis/im/v1/messages/om_00000000000174f5b34752d604ae5c29/reply',
  http: 200,
  code: 0,
  uuid: null,
  ms: 12,
  known: true,
  ...given,
});

const event = (seq: number, seconds: number, given: Partial<DeliveryView> = {}): DeliveryView => ({
  seq,
  event_id: `event-${seq}`,
  type: 'im.message.receive_v1',
  at: time(seconds),
  attempts: [{ at: time(seconds), status: 200, ms: 40 }],
  open: false,
  next_at: null,
  ...given,
});

const keys = (rows: readonly { key: string }[]): string[] => rows.map(({ key }) => key);

describe('what is kept', () => {
  test('new ones follow, changed ones stay in their place, the oldest fall out', () => {
    const first = upsert([], [event(1, 0, { attempts: [] }), event(2, 1)]);
    const second = upsert(first, [event(1, 0), event(3, 2)]);
    expect(second.map(({ seq, attempts }) => [seq, attempts.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    const many = upsert(
      second,
      Array.from({ length: KEPT }, (_, index) => event(index + 4, 3)),
    );
    expect(many).toHaveLength(KEPT);
    expect(many[0]?.seq).toBe(4);
    expect(upsert(many, [])).toBe(many);
  });

  test('events and calls are one list by time, an event before the calls of its instant', () => {
    const rows = merge([event(1, 0), event(2, 5)], [call(1, 0), call(2, 3), call(3, 5), call(4, 9)]);
    expect(keys(rows)).toEqual(['event-1', 'call-1', 'call-2', 'event-2', 'call-3', 'call-4']);
  });

  test('what comes after the clock was set back stays below', () => {
    const rows = merge([event(1, 100), event(2, 10)], [call(1, 100), call(2, 10)]);
    expect(keys(rows).indexOf('event-2')).toBeGreaterThan(keys(rows).indexOf('event-1'));
    expect(keys(rows).at(-1)).toBe('call-2');
  });

  test('of both together no more than 500', () => {
    const events = Array.from({ length: 400 }, (_, index) => event(index + 1, index));
    const calls = Array.from({ length: 400 }, (_, index) => call(index + 1, index));
    expect(merge(events, calls)).toHaveLength(KEPT);
    expect(merge(events, calls).at(-1)?.key).toBe('call-400');
  });
});

describe('a line', () => {
  test('of an event says what happened, in words, and which try it was', () => {
    const attempts = [
      { at: time(0), status: 500, ms: 3 },
      { at: time(15), status: 200, ms: 9 },
    ];
    expect(lineOf(eventRow(event(1, 0, { attempts })))).toEqual({
      title: '收到消息',
      type: 'im.message.receive_v1',
      id: 'event-1',
      result: '200 已收下',
      good: true,
      ms: 9,
      marks: ['第2次'],
    });
  });

  test.each([
    [{ status: 500, ms: 1 }, '500 未收下'],
    [{ status: 0, ms: 3000, error: 'timeout' }, '3秒内没有回应'],
    [{ status: 0, ms: 1, error: 'refused' }, '连接不上'],
  ])('of an event that was not taken says why', (attempt, expected) => {
    const line = lineOf(eventRow(event(1, 0, { attempts: [{ at: time(0), ...attempt }] })));
    expect(line).toMatchObject({ result: expected, good: false });
  });

  test('of an event that nobody sent yet is neither good nor bad', () => {
    expect(lineOf(eventRow(event(1, 0, { attempts: [] })))).toMatchObject({ result: '待发送', good: null, ms: null });
  });

  test('of a call has the path without what only lengthens it', () => {
    expect(lineOf(callRow(call(1, 0)))).toMatchObject({
      title: '回复消息',
      type: 'POST /im/v1/messages/om_…5c29/reply',
      good: true,
      marks: [],
    });
  });

  test('marks an unknown path and a fault', () => {
    const line = lineOf(
      callRow(call(1, 0, { path: '/open-apis/task/v2/tasks', http: 404, code: 404, known: false, fault: 'delay' })),
    );
    expect(line).toMatchObject({
      title: '调用',
      result: '404 没有这个路径',
      good: false,
      marks: ['未知路径', '故障：拖延'],
    });
  });

  test.each([
    [200, 0, '200 成功'],
    [400, 230002, '400 · 230002 机器人不在群里'],
    [200, 987654, '200 · 987654 失败'],
    [null, null, '连接断开'],
    [502, null, '502 失败'],
  ])('says of HTTP %s and code %s: %s', (http, code, expected) => {
    expect(callResult(http, code)).toBe(expected);
  });
});

describe('looking for lines', () => {
  const rows = merge([event(1, 0)], [call(1, 1, { uuid: 'abc-1' }), call(2, 2, { http: 400, code: 230002 })]);

  test.each([
    ['', 'all', 3],
    ['', 'event', 1],
    ['', 'call', 2],
    ['RECEIVE', 'all', 1],
    ['174f5b34752', 'all', 2],
    ['reply 230002', 'all', 1],
    ['abc-1', 'call', 1],
    ['abc-1', 'event', 0],
    ['已收下', 'all', 1],
  ] as const)('%s among %s: %s', (query, shown, count) => {
    expect(filtered(rows, shown, query)).toHaveLength(count);
  });

  test('the calls within five seconds after an event', () => {
    const calls = [call(1, -1), call(2, 0), call(3, 5), call(4, 5.001)];
    expect(callsAfter(event(1, 0), calls).map(({ seq }) => seq)).toEqual([2, 3]);
  });
});

describe('what is in the page', () => {
  test.each([
    [{ top: 0, height: 480 }, 500, { first: 0, end: 13 }],
    [{ top: 4800, height: 480 }, 500, { first: 97, end: 113 }],
    [{ top: 24_000 - 480, height: 480 }, 500, { first: 487, end: 500 }],
    [{ top: 9000, height: 480 }, 3, { first: 0, end: 3 }],
    [{ top: 0, height: 480 }, 0, { first: 0, end: 0 }],
  ])('%o of %i', (view, count, expected) => {
    expect(windowOf(view, count, 48)).toEqual(expected);
  });
});
