import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { kinds } from '../../src/domain/record/kinds.ts';
import { createRegistry } from '../../src/router/registry.ts';
import { type Command, defineCommand } from '../../src/router/request.ts';

const registry = createRegistry(commands);
const command = (name: string, ...words: readonly string[]): Command =>
  defineCommand({
    name,
    words,
    intents: [],
    summary: name,
    example: name,
    access: 'anyone',
    run: async () => ({ card: null }),
  });

describe('the words of the commands', () => {
  it('belong to one command each', () => {
    const words = commands.flatMap((one) => one.words);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    expect(() => createRegistry([command('a', '记录'), command('b', '记录')])).toThrow('command.duplicate-word');
  });
  it('lead to their command, and so does each intent to one', () => {
    for (const one of commands) for (const word of one.words) expect(registry.byWord(word)?.name).toBe(one.name);
    for (const one of commands)
      for (const intent of one.intents) expect(registry.byIntent(intent)?.name).toBe(one.name);
    expect(registry.byWord('没有这个词')).toBeNull();
  });
  it('of the kinds of record all lead to the command that records', () => {
    for (const kind of kinds) for (const word of kind.words) expect(registry.byWord(word)?.name, word).toBe('record');
  });
  it('come first by length at the beginning of a line', () => {
    expect(registry.leading('主题党日活动 11月20日')).toMatchObject({ word: '主题党日活动' });
    expect(registry.leading('今天天气')).toBeNull();
  });
});

describe('the buttons of the commands', () => {
  it('belong to one command each, and are found by name', () => {
    const names = commands.flatMap((one) => Object.keys(one.actions ?? {}));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(registry.action(name)).not.toBeNull();
    for (const name of ['', 'nothing', 'constructor', '__proto__']) expect(registry.action(name)).toBeNull();
  });
});

describe('a mistyped word', () => {
  it.each([
    ['记绿', '记录'],
    ['邦助', '帮助'],
    ['主题党曰', '主题党日'],
    ['代办', '待办'],
  ])('%s suggests %s', (typed, meant) => {
    expect(registry.suggest(typed)).toContain(meant);
  });
  it.each(['完全不同的一句话', '甲乙'])('far from everything suggests nothing: %j', (typed) => {
    expect(registry.suggest(typed)).toEqual([]);
  });
  it('of any length is answered at once, with at most three', () => {
    const before = performance.now();
    expect(registry.suggest('记'.repeat(150_000))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(200);
    for (const one of commands) expect(registry.suggest(`${one.words[0]}x`).length).toBeLessThanOrEqual(3);
  });
});

describe('what every command says of itself', () => {
  it.each(commands.map((one) => [one.name, one] as const))('%s', (name, one) => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(one.words.length).toBeGreaterThan(0);
    for (const text of [one.summary, one.example, ...one.words]) expect(text.trim()).toBe(text);
    expect(one.summary.length).toBeLessThanOrEqual(30);
    expect(one.summary).not.toMatch(/[!！。]$/);
  });
});
