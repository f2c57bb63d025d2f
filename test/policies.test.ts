import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPack, type Problem, parsePack } from '../src/policies/index.ts';

const file = 'policies/wuhua-xietong-2020.yaml';
const text = readFileSync(file, 'utf8');

const lineOf = (part: string, source = text) => source.slice(0, source.indexOf(part)).split('\n').length;
const problemsOf = (source: string): readonly Problem[] => {
  const loaded = parsePack(source, file);
  return loaded.ok ? [] : loaded.problems;
};
const changed = (from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

describe('the policy pack', () => {
  it('loads, with the monthly policies and their ladder', () => {
    const loaded = loadPack(file);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.pack.policies.map(({ id, rule, ladder }) => [id, rule, ladder])).toEqual([
      ['S7.1-TPD', 'BR-16', 'L_MONTHLY'],
      ['S7.1-BCM', 'BR-12', 'L_MONTHLY'],
    ]);
    expect(loaded.pack.ladders.L_MONTHLY?.map(({ step, to, card }) => [step, to.join(), card])).toEqual([
      ['S10', 'group', 'duty'],
      ['D-5', 'group', 'duty'],
      ['D-2', 'secretary', 'duty'],
      ['D', 'secretary,group', 'duty'],
      ['+1', 'secretary', 'overdue'],
      ['+3', 'organizer', 'escalation'],
      ['+7', 'orgDept', 'escalation'],
    ]);
  });

  it('takes a new policy from the one file', () => {
    const more = `${text}
  - { id: S7.1-PGM, kind: PGM, name: 党小组会, cycle: month, appliesTo: { levels: [branch], groups: true },
      ladder: L_MONTHLY, rule: BR-13, basis: 支部工作条例第十三条 · 每月一次, source: S7.1 }
`;
    const loaded = parsePack(more, file);
    expect(loaded.ok && loaded.pack.policies).toHaveLength(3);
  });

  it.each([
    ['an unknown key', 'source: S7.1\n\n', 'source: S7.1\n    minimum: 1\n\n', 'minimum: 1', 5, /不认识的键 minimum/],
    ['an unknown kind', 'kind: TPD', 'kind: TDP', 'kind: TDP', 11, /没有 TDP 这种记录/],
    ['a missing ladder', 'ladder: L_MONTHLY', 'ladder: L_WEEKLY', 'ladder: L_WEEKLY', 13, /L_WEEKLY/],
    ['a step time that is none', '{ daysBefore: 5 }', '{ daysBefore: five }', '{ daysBefore: five', 24, /daysBefore/],
    ['an audience that is none', 'to: [organizer]', 'to: [everybody]', 'to: [everybody]', 52, /organizer/],
    ['a policy written twice', 'id: S7.1-BCM', 'id: S7.1-TPD', 'id: S7.1-TPD\n    kind: BCM', 9, /写了两次/],
    ['a kind reached twice', 'kind: BCM', 'kind: TPD', 'kind: TPD\n    name: 支委会', 11, /同周期/],
  ])('refuses %s, with its line', (_, from, to, marker, column, message) => {
    const source = changed(from, to);
    const [problem, ...others] = problemsOf(source);
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(message);
    expect(problem?.line).toBe(lineOf(marker, source));
    expect(problem?.column).toBe(column);
  });

  it('points at the policy that lacks a value', () => {
    const [problem] = problemsOf(changed('    rule: BR-12\n', ''));
    expect(problem?.message).toContain('rule');
    expect(problem?.line).toBe(lineOf('id: S7.1-BCM'));
  });

  it('refuses text that is not YAML, keys written twice, and a file that is not there', () => {
    expect(problemsOf('name: [')).not.toEqual([]);
    expect(problemsOf(changed('rule: BR-12', 'rule: BR-12\n    rule: BR-13'))).toHaveLength(1);
    expect(problemsOf('')).not.toEqual([]);
    expect(loadPack('policies/none.yaml')).toMatchObject({ ok: false, problems: [{ line: 1, column: 1 }] });
  });
});
