import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { itemOf } from '../../src/domain/utterance/index.ts';

const run = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, ['dist/cli/parse.js', ...args], { encoding: 'utf8', input });
const first = (args: readonly string[]) =>
  JSON.parse(execFileSync(process.execPath, ['dist/cli/parse.js', ...args], { encoding: 'utf8' })).items[0];

describe('npm run parse', () => {
  it('prints one object on one line', () => {
    const { stdout, stderr, status } = run([
      '/记录 主题党日 11月20日下午3点 党史馆 学支部条例 应到14实到12 缺赵甲(出差) 钱乙(病假)',
    ]);
    expect([stdout.trimEnd().includes('\n'), stderr, status]).toEqual([false, '', 0]);
    expect(Object.keys(JSON.parse(stdout))).toEqual(['text', 'items']);
    expect(JSON.parse(stdout).items[0]).toMatchObject({ kind: 'TPD', counts: true, ask: [], filled: {} });
  });
  it('takes now, unit, sender, chat and the message answered', () => {
    expect(first(['--now', '2027-01-05T09:00', '/支委会 12月28日9:00']).startAt).toBe('2026-12-28T09:00');
    expect(first(['--unit', 'B0203', '/主题党日 今天9:00 参加30人']).expected).toBe(30);
    expect(first(['--sender', 'B0104.branchSecretary', '/党员大会 今天9:00 全到']).expected).toBe(19);
    expect(first(['--reply-to', 'TPD/B0201/2026-11', '--chat', 'private', '20日下午3点 党史馆 全到'])).toMatchObject({
      kind: 'TPD',
      startAt: '2026-11-20T15:00',
      expected: 14,
    });
  });
  it('reads lines and puts the id first', () => {
    const rows = [
      { id: 'a', text: '/帮助' },
      { id: 2, text: '昨天下午3点支委会', now: '2026-11-24T10:00', unit: 'B0203', replyTo: null },
    ];
    const out = run(['--lines'], rows.map((row) => JSON.stringify(row)).join('\n'))
      .stdout.trim()
      .split('\n');
    expect(out.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['id', 'id']);
    expect(out.map((line) => JSON.parse(line).items[0].intent)).toEqual(['help', 'record']);
    expect(Object.keys(JSON.parse(out[0] ?? '').items[0])).toEqual(Object.keys(itemOf('help')));
  });
  it.each([[['--now', 'gestern', 'x']], [['--reply-to', '主题党日', 'x']], [['--chat', 'public', 'x']]])(
    'refuses %j',
    (args) => {
      expect(run(args)).toMatchObject({ status: 64, stdout: '' });
    },
  );
});
