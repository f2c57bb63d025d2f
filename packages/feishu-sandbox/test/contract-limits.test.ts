import { expect, test } from 'vitest';
import { ApiFault } from '../src/core/fault.ts';
import { RateLimits } from '../src/core/limits.ts';

/** Null, or the refusal in short: the code, the limit, and the seconds to wait. */
function refusalOf(run: () => void): (number | string)[] | null {
  try {
    run();
    return null;
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    const { code, headers } = error;
    return [code, ...Object.values(headers)];
  }
}

test('fifty calls a second for one endpoint, in a window that slides', () => {
  const limits = new RateLimits();
  const call = (now: number, api = 'a'): unknown => refusalOf(() => limits.perApi(api, now));
  for (let count = 0; count < 50; count += 1) expect(call(count * 10)).toBeNull();
  expect(call(999)).toEqual([99991400, '50', '1']);
  expect(call(999, 'another')).toBeNull();
  expect(call(1000)).toBeNull();
  expect(call(1009)).toEqual([99991400, '50', '1']);
});

test('a thousand calls a minute, with the seconds until there is room', () => {
  const limits = new RateLimits();
  const call = (now: number): unknown => refusalOf(() => limits.perApi('a', now));
  for (let count = 0; count < 1000; count += 1) expect(call(1000 + count * 20)).toBeNull();
  expect(call(21_000)).toEqual([99991400, '1000', '40']);
  expect(call(60_999)).toEqual([99991400, '1000', '1']);
  expect(call(61_000)).toBeNull();
  expect(call(61_000)).toEqual([99991400, '1000', '1']);
});

test('five messages a second for one chat, without a header; a clock that was set back counts anew', () => {
  const limits = new RateLimits();
  const send = (now: number, chat = 'A'): unknown => refusalOf(() => limits.perTarget(chat, now));
  for (let count = 0; count < 5; count += 1) expect(send(5000)).toBeNull();
  expect(send(5999)).toEqual([230020]);
  expect(send(5999, 'B')).toBeNull();
  expect(send(6000)).toBeNull();
  expect(send(1000)).toBeNull();
});
