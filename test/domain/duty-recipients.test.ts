import { describe, expect, it } from 'vitest';
import { readCollege } from '../../fixtures/college.ts';
import { type Audience, recipientsOf, sendTime } from '../../src/domain/duty/index.ts';
import type { Organisation, Role } from '../../src/domain/organisation.ts';
import { localDateTime } from '../../src/domain/time/local.ts';

const college = readCollege('fixtures/college.json');
const { organisation, bindings, keyOf, chatIdOf } = college;
const keysOf = (audience: Audience, unit: string, from: Organisation = organisation, bound = bindings) =>
  recipientsOf(audience, unit, from, bound).map(({ type, id }) => `${type} ${keyOf(id)}`);
const without = (role: Role, unit: string): Organisation => ({
  ...organisation,
  people: organisation.people.map((person) => ({
    ...person,
    posts: person.posts.filter((post) => post.role !== role || post.unit !== unit),
  })),
});

describe('recipients', () => {
  it('of the group are its bound chat, or the secretary privately', () => {
    expect(keysOf('group', 'B0201')).toEqual(['chat B0201']);
    const unbound = bindings.filter((binding) => binding.chatId !== chatIdOf('B0201'));
    expect(keysOf('group', 'B0201', organisation, unbound)).toEqual(['person B0201.branchSecretary']);
  });

  it('of the secretary are the secretary, else the deputy, else nobody', () => {
    expect(keysOf('secretary', 'B0201')).toEqual(['person B0201.branchSecretary']);
    expect(keysOf('secretary', 'ZS01')).toEqual(['person ZS01.branchSecretary']);
    expect(keysOf('secretary', 'ZZ02')).toEqual(['person ZZ02.gbSecretary']);
    expect(keysOf('secretary', 'B0201', without('branchSecretary', 'B0201'))).toEqual(['person B0201.branchDeputy']);
    expect(keysOf('secretary', 'B0204', without('branchSecretary', 'B0204'))).toEqual([]);
    expect(keysOf('secretary', 'OD')).toEqual([]);
    expect(keysOf('secretary', 'none')).toEqual([]);
  });

  it("of the organizer are the general branch's, else its secretary, and 组织部 for a direct branch", () => {
    expect(keysOf('organizer', 'B0201')).toEqual(['person ZZ02.organizer']);
    expect(keysOf('organizer', 'B0201', without('organizer', 'ZZ02'))).toEqual(['person ZZ02.gbSecretary']);
    expect(keysOf('organizer', 'ZS01')).toEqual(['person OD.odStaff.1', 'person OD.odStaff.2']);
  });

  it('of 组织部 are its staff', () => {
    expect(keysOf('orgDept', 'B0201')).toEqual(['person OD.odStaff.1', 'person OD.odStaff.2']);
  });
});

describe('the time of sending', () => {
  const zone = 'Asia/Shanghai';
  const at = (text: string) => new Date(`2026-11-25T${text}+08:00`);
  const recipient = chatIdOf('B0201');
  const timeOf = (id: string, notBefore: Date) => sendTime(id, '2026-11-25', zone, notBefore);

  it('lies in the morning window, else at the same minute of the afternoon, else nowhere', () => {
    const morning = timeOf(recipient, at('00:00:00'));
    if (!morning) throw new Error('no time');
    expect(localDateTime(morning, zone)).toMatch(/^2026-11-25T09:(0[3-9]|1\d|2[0-7])$/);
    expect(timeOf(recipient, morning)).toEqual(morning);
    const afternoon = timeOf(recipient, new Date(morning.getTime() + 1));
    expect(afternoon?.getTime()).toBe(morning.getTime() + 5 * 3_600_000);
    expect(timeOf(recipient, at('14:28:00'))).toBeNull();
  });

  it('is spread over the window, and never outside it', () => {
    const times = college.chats.map((chat) => timeOf(chat.chatId, at('00:00:00')) ?? at('00:00:00'));
    for (const time of times) {
      expect(time >= at('09:03:00')).toBe(true);
      expect(time < at('09:28:00')).toBe(true);
    }
    expect(new Set(times.map((time) => localDateTime(time, zone))).size).toBeGreaterThan(12);
  });
});
