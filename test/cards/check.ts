import { lintCard } from 'feishu-sandbox';
import { expect } from 'vitest';
import { type CardJson, type CardSpec, renderCard } from '../../src/cards/card.ts';
import type { RecordRow } from '../../src/domain/rows.ts';

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every object in a card, from the outside in. */
export const nodes = (value: unknown): readonly Node[] =>
  isNode(value) ? [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(nodes)] : [];
export const having = (card: CardJson, tag: string): readonly Node[] => nodes(card).filter((node) => node.tag === tag);

/** What people see without opening a fold: the markdown lines of the body. */
export const bodyLines = (card: CardJson): readonly string[] => {
  const body = isNode(card.body) && Array.isArray(card.body.elements) ? card.body.elements : [];
  return body.filter(isNode).flatMap((node) => (node.tag === 'markdown' ? String(node.content).split('\n') : []));
};
/** Every markdown text of a card, wherever it stands. */
export const markdowns = (card: CardJson): readonly string[] =>
  having(card, 'markdown').map((node) => String(node.content));

export const headerOf = (card: CardJson): { readonly title: string; readonly tag: string } => {
  const texts = nodes(card.header).flatMap((node) => (typeof node.content === 'string' ? [node.content] : []));
  return { title: texts[0] ?? '', tag: texts[1] ?? '' };
};

/** What voice.md and the platform ask of every card. */
export const checkCard = (spec: CardSpec): CardJson => {
  const card = renderCard(spec, '7K2QX');
  const text = JSON.stringify(card);
  expect(lintCard(text), text).toBeNull();
  expect(Buffer.byteLength(JSON.stringify({ content: text }))).toBeLessThanOrEqual(30 * 1024);
  expect(headerOf(card).title.length, headerOf(card).title).toBeLessThanOrEqual(14);
  expect(headerOf(card).title).not.toBe('');
  expect(bodyLines(card).length, bodyLines(card).join('\n')).toBeLessThanOrEqual(8);
  expect(having(card, 'button').length).toBeLessThanOrEqual(3);
  expect(having(card, 'button').filter((node) => String(node.type).startsWith('primary')).length).toBeLessThanOrEqual(
    1,
  );
  expect(text).toContain('#7K2QX');
  expect(text).not.toMatch(/undefined|\[object|null人|NaN/);
  for (const form of having(card, 'form')) {
    const names = nodes(form).flatMap((node) => (typeof node.name === 'string' ? [node.name] : []));
    expect(new Set(names).size, names.join()).toBe(names.length);
    expect(nodes(form).filter((node) => node.form_action_type === 'submit')).toHaveLength(1);
  }
  return card;
};

/** What people may write to disturb a card or call everybody. */
export const hostile = [
  '<at id=all></at>',
  '<at user_id="all">所有人</at>',
  '**粗** _斜_ ~~删~~ `码`',
  '[点我](https://example.com)',
  '![图](img_1)',
  '<font color=red>红</font><script>alert(1)</script>',
  '# 标题\n---\n> 引用',
  '| a | b |\n|---|---|',
  '&lt;at id=all&gt;',
  '$\\frac{1}{2}$ \\n :heart:',
];

/** Nothing of what people wrote has any effect in a card's markdown. */
export const checkInert = (card: CardJson) => {
  for (const text of markdowns(card)) {
    const own = text.replace(/\*\*/g, '');
    expect(own).not.toMatch(/[<>`~_[\]$|\\!*]/);
    expect(own).not.toMatch(/&(?!#\d+;)/);
  }
  for (const node of nodes(card)) {
    if (node.tag === 'lark_md') expect.fail('only plain text and markdown are used');
    const content =
      'config' in node && isNode(node.config) && isNode(node.config.summary) ? node.config.summary.content : '';
    expect(String(content)).not.toMatch(/[<>]/);
  }
};

export const recordRow = (facts: Partial<RecordRow> = {}): RecordRow => ({
  _id: 'ev_1/record/0',
  cause: 'ev_1',
  revision: 0,
  kind: 'TPD',
  unit: 'B0201',
  group: null,
  endAt: null,
  startAt: new Date('2026-11-20T15:00:00+08:00'),
  period: '2026-11',
  place: '党史馆',
  host: null,
  recorder: null,
  expected: 14,
  present: 12,
  absent: [{ name: '赵甲', reason: '出差' }],
  topics: ['学支部条例'],
  details: {},
  missing: [],
  filled: {},
  state: 'submitted',
  late: false,
  submittedBy: 'ou_1',
  submittedAt: new Date(),
  source: { chat: 'oc_1', message: 'om_1' },
  ...facts,
});
