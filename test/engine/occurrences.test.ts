import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Missed } from '../../src/engine/jobs/define-job.ts';
import { account, createSchedule } from '../../src/engine/jobs/occurrences.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => new Date(`${text}:00+08:00`);
const texts = (dates: readonly Date[]) =>
  dates.map((date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(0, 16));

describe('a schedule', () => {
  const daily = createSchedule('30 8 * * *', zone);
  it('finds every occurrence after one instant and up to another, in its zone', () => {
    expect(texts(daily.between(at('2026-11-24T08:30'), at('2026-11-26T08:30')))).toEqual([
      '2026-11-25T08:30',
      '2026-11-26T08:30',
    ]);
    expect(daily.between(at('2026-11-24T08:30'), at('2026-11-24T08:30'))).toEqual([]);
    expect(daily.between(at('2026-11-25T08:30'), at('2026-11-24T08:30'))).toEqual([]);
  });
  it('finds an occurrence at any second of its minute, once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * 86_400 }), { minLength: 1, maxLength: 30 }), (seconds) => {
        const begin = at('2026-11-24T00:00').getTime() - 1;
        const looks = [...seconds].sort((a, b) => a - b).map((second) => new Date(begin + second * 1_000));
        const found: string[] = [];
        let since = new Date(begin);
        for (const look of looks) {
          found.push(...texts(daily.between(since, look)));
          since = look;
        }
        expect(found).toEqual(texts(daily.between(new Date(begin), since)));
      }),
      { numRuns: 30 },
    );
  });
  it('knows its next one, a leap day included', () => {
    expect(daily.next(at('2026-11-24T08:30'))).toEqual(at('2026-11-25T08:30'));
    expect(daily.next(at('2026-11-24T08:31'))).toEqual(at('2026-11-25T08:30'));
    expect(createSchedule('0 9 1 * *', zone).next(at('2026-11-24T08:31'))).toEqual(at('2026-12-01T09:00'));
    const leap = createSchedule('0 9 29 2 *', zone);
    expect(texts(leap.between(at('2028-02-28T00:00'), at('2028-03-02T00:00')))).toEqual(['2028-02-29T09:00']);
    expect(leap.between(at('2027-02-28T00:00'), at('2027-03-02T00:00'))).toEqual([]);
  });
});

describe('what was missed', () => {
  const hourly = createSchedule('0 * * * *', zone);
  const fates = (missed: Missed, from: string, to: string) =>
    account({ missed }, hourly.between(at(from), at(to)), at(to)).map(
      ({ at: when, state, reason }) => `${texts([when])[0]?.slice(11)} ${state}${reason ? `: ${reason}` : ''}`,
    );
  it('runs when it is on time, whatever the policy', () => {
    for (const missed of [{ policy: 'skip' }, { policy: 'latest', withinHours: 0 }] satisfies Missed[])
      expect(fates(missed, '2026-11-24T08:30', '2026-11-24T09:01')).toEqual(['09:00 pending']);
  });
  it('is left out by the policy skip', () => {
    expect(fates({ policy: 'skip' }, '2026-11-24T08:30', '2026-11-24T10:30')).toEqual([
      '09:00 skipped: missed',
      '10:00 skipped: missed',
    ]);
  });
  it('runs once for all by the policy latest, unless that is too old', () => {
    expect(fates({ policy: 'latest', withinHours: 1 }, '2026-11-24T08:30', '2026-11-24T10:30')).toEqual([
      '09:00 skipped: missed, too late',
      '10:00 pending',
    ]);
    expect(fates({ policy: 'latest', withinHours: 5 }, '2026-11-24T08:30', '2026-11-24T10:30')).toEqual([
      '09:00 skipped: missed, a later one runs',
      '10:00 pending',
    ]);
  });
  it('runs each in order by the policy all, as far back as it says', () => {
    expect(fates({ policy: 'all', withinHours: 2 }, '2026-11-24T07:30', '2026-11-24T10:30')).toEqual([
      '08:00 skipped: missed, too late',
      '09:00 pending',
      '10:00 pending',
    ]);
  });
});
