import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { readCollege } from '../fixtures/college.ts';
import { collegeText } from '../fixtures/college-text.ts';
import { loadCalendar } from '../src/calendar/index.ts';
import { committeeOf, hasCommittee, holdsOrganisationalLife, isWithin, membersOf } from '../src/domain/organisation.ts';
import { createRegistry } from '../src/router/registry.ts';

const file = 'fixtures/college.json';
const college = readCollege(file);
const { organisation } = college;

/** Full and probationary members of every unit with members below it, from the domain reference. */
const counts: Readonly<Record<string, readonly [full: number, probationary: number]>> = {
  DW: [381, 184],
  ZZ01: [60, 2],
  B0101: [12, 0],
  B0102: [9, 0],
  B0103: [15, 1],
  B0104: [18, 1],
  B0105: [6, 0],
  ZZ02: [38, 42],
  B0201: [14, 0],
  B0202: [11, 1],
  B0203: [8, 22],
  B0204: [5, 19],
  ZZ03: [45, 30],
  B0301: [16, 0],
  B0302: [13, 1],
  B0303: [9, 15],
  B0304: [7, 14],
  ZZ04: [72, 42],
  B0401: [24, 1],
  B0402: [19, 0],
  B0403: [17, 21],
  B0404: [12, 20],
  ZZ05: [53, 35],
  B0501: [20, 1],
  B0502: [17, 0],
  B0503: [10, 18],
  B0504: [6, 16],
  ZZ06: [41, 33],
  B0601: [22, 1],
  B0602: [11, 17],
  B0603: [8, 15],
  ZS01: [13, 0],
  ZS02: [8, 0],
  ZS03: [51, 0],
};

const groupCounts: Readonly<Record<string, number>> = {
  B0104: 2,
  B0203: 2,
  B0204: 2,
  B0303: 2,
  B0304: 2,
  B0401: 2,
  B0402: 2,
  B0403: 3,
  B0404: 3,
  B0501: 2,
  B0503: 2,
  B0504: 2,
  B0601: 2,
  B0602: 2,
  B0603: 2,
  ZS03: 4,
};

const branches = organisation.units.filter(holdsOrganisationalLife);
const nameOf = (key: string) => organisation.people.find((person) => person.openId === college.openIdOf(key))?.name;
const named = (name: string) => organisation.people.find((person) => person.name === name);

const world = JSON.parse(readFileSync(file, 'utf8'));

describe('the college file', () => {
  it('is what the generator writes, to the byte', () => {
    expect(readFileSync(file, 'utf8')).toBe(collegeText({ commands, calendar: loadCalendar() }));
  });

  it.each(Object.entries(counts))('has the members of %s', (code, [full, probationary]) => {
    const below = branches.filter((unit) => isWithin(organisation, code, unit.code));
    const members = below.flatMap((unit) => membersOf(organisation, unit.code));
    expect(members.filter((person) => person.stage === 'full')).toHaveLength(full);
    expect(members.filter((person) => person.stage === 'probationary')).toHaveLength(probationary);
  });

  it('has 24 branches, 3 direct branches, and groups led by one of their full members', () => {
    expect(branches.map((unit) => unit.level).filter((level) => level === 'branch')).toHaveLength(24);
    expect(branches).toHaveLength(27);
    for (const unit of branches) {
      expect(unit.groups).toHaveLength(groupCounts[unit.code] ?? 0);
      for (const group of unit.groups) {
        const leader = organisation.people.find((person) => person.openId === group.leader);
        expect(leader).toMatchObject({ unit: unit.code, group: group.no, stage: 'full' });
      }
      const inGroups = membersOf(organisation, unit.code).filter((person) => person.group !== null);
      expect(inGroups).toHaveLength(unit.groups.length ? membersOf(organisation, unit.code).length : 0);
    }
  });

  it('has committees of 3 to 5 where seven full members ask for one, and a lone secretary elsewhere', () => {
    for (const unit of branches) {
      const size = committeeOf(organisation, unit.code).length;
      if (!hasCommittee(organisation, unit.code)) expect(size).toBe(1);
      else expect([3, 4, 5]).toContain(size);
    }
    expect(branches.filter((unit) => !hasCommittee(organisation, unit.code)).map((unit) => unit.code)).toEqual([
      'B0105',
      'B0204',
      'B0504',
    ]);
    expect(committeeOf(organisation, 'B0201')).toHaveLength(5);
  });

  it('has the people the examples name', () => {
    expect(nameOf('B0201.branchSecretary')).toBe('王辛');
    expect(nameOf('B0201.orgMember')).toBe('钱乙');
    expect(nameOf('B0201.branchDeputy')).toBe('赵甲');
    expect(named('李丁')).toMatchObject({ unit: 'B0104', stage: 'full' });
    expect(named('周戊')).toMatchObject({ unit: 'B0104', stage: 'full' });
    expect(named('吴己')).toMatchObject({ unit: 'B0104', stage: 'developmentTarget' });
    expect(named('孙丙')).toMatchObject({ unit: 'B0202', stage: 'probationary' });
    expect(named('郑庚')).toMatchObject({ unit: 'B0203', group: 2 });
    expect(membersOf(organisation, 'B0203').filter((person) => person.group === 2)).toHaveLength(8);
  });

  it('has unique keys and names, and only members that exist', () => {
    const keys = college.people.map((person) => person.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(college.people.map((person) => person.name)).size).toBe(keys.length);
    for (const chat of college.chats) for (const member of chat.members) expect(keys).toContain(member);
  });

  it('binds every chat but SPARE to the unit of its name', () => {
    const unbound = college.chats.filter((chat) => chat.unit === null).map((chat) => chat.key);
    expect(unbound).toEqual(['SPARE']);
    for (const { key, unit } of college.chats) if (unit !== null) expect(unit).toBe(key);
    expect(college.chats).toHaveLength(27 + 6 + 3);
  });

  it('derives ids from keys', () => {
    expect(college.openIdOf('B0201.branchSecretary')).toMatch(/^ou_[0-9a-f]{32}$/);
    expect(college.keyOf(college.openIdOf('OD.odStaff.1'))).toBe('OD.odStaff.1');
    expect(college.keyOf(college.chatIdOf('ZZ02'))).toBe('ZZ02');
  });

  it('offers only slash words that the bot knows, each command once', () => {
    const registry = createRegistry(commands);
    const words: string[] = world.commands.map(({ text }: { text: string }) => text.slice(1));
    const called = words.map((word) => registry.byWord(word)?.name);
    expect(called).not.toContain(undefined);
    expect(new Set(called)).toEqual(new Set(commands.map(({ name }) => name)));
    expect(new Set(words).size).toBe(words.length);
    expect(registry.byWord('没有这个词')).toBeNull();
  });

  it('mentions the bot by its name in every tip', () => {
    expect(world.tips).toHaveLength(5);
    for (const { text } of world.tips) expect(text).toMatch(new RegExp(`^@${world.bot.name} `));
  });

  it('knows the days off and the make-up days of the bot’s calendar', () => {
    expect(world.offDays).toEqual(expect.arrayContaining(['2026-10-07', '2027-01-01', '2027-10-01']));
    expect(world.offDays).not.toContain('2026-10-08');
    expect(world.workDays).toEqual(expect.arrayContaining(['2026-10-10', '2026-09-20']));
  });
});
