import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  captionOf,
  collect,
  initialText,
  problemsOf,
  roomLeft,
  strings,
  summaryOf,
  toggled,
} from '../../page/cards/interactive/fields.ts';
import { fillForm } from '../../src/cards/form.ts';
import { lintCard } from '../../src/cards/lint.ts';
import { bodyOf, isObject, type Json } from '../../src/cards/tree.ts';

const cards: { inForm: Json; alone: Json } = JSON.parse(
  readFileSync(new URL('fields.json', import.meta.url), 'utf8').replace(/\$image/g, 'img_v3_'),
);
const plain = (content: string): Json => ({ tag: 'plain_text', content });
const show = (value: unknown): string => (isObject(value) ? String(value.content) : '');
const form = bodyOf(cards.inForm)[0] ?? {};
const filled = { title: '11月主题党日', kind: 'LEC', host: 'ou_1', day: '2026-11-20' };

describe('the cards with each field', () => {
  it.each(['inForm', 'alone'] as const)('%s: the platform would take it', (name) => {
    expect(lintCard(JSON.stringify(cards[name]))).toBeNull();
  });
});

describe('what a form sends', () => {
  it('is what the card says where nobody typed, and what was typed elsewhere', () => {
    expect(collect(form, { title: '党课', topics: [], hour: '' })).toMatchObject({
      title: '党课',
      branch: '第一党支部',
      topics: [],
      hour: '',
      deadline: '2026-11-30 17:30',
      confirmed: false,
    });
  });

  it('is what the sandbox reports to the bot, with the zone that the client adds', () => {
    const person = (key: string): string => key;
    const values = collect(form, { ...filled, hour: '', topics: ['vote'], absent: ['ou_2'], place: 'room' });
    expect(fillForm(form, values, person)).toEqual({
      ok: true,
      values: {
        title: '11月主题党日',
        minutes: '',
        code: '',
        branch: '第一党支部',
        kind: 'LEC',
        topics: ['vote'],
        host: 'ou_1',
        absent: ['ou_2'],
        day: '2026-11-20 +0800',
        deadline: '2026-11-30 17:30 +0800',
        place: 'room',
        confirmed: false,
      },
    });
  });
});

describe('what keeps a form from being sent', () => {
  it('is each required field that is empty, in order', () => {
    const problems = problemsOf(form, { title: '' }, []);
    expect(problems).toEqual({ title: '请填写', kind: '请选择', host: '请选择', day: '请选择' });
    expect(summaryOf(form, problems, show)).toBe('还有4项没填好：活动名称、活动类别、主持人、日期');
  });

  it('is a date of which only a part was typed, required or not', () => {
    expect(problemsOf(form, filled, ['deadline'])).toEqual({ deadline: '请填完整' });
  });

  it('is nothing once all is there, as the sandbox sees it too', () => {
    expect(problemsOf(form, filled, [])).toEqual({});
    expect(summaryOf(form, {}, show)).toBe('');
    expect(fillForm(form, collect(form, filled), (key) => key).ok).toBe(true);
    expect(fillForm(form, collect(form, {}), (key) => key).ok).toBe(false);
  });

  it('is counted, where a field does not say what it is about', () => {
    const nameless = { elements: [{ tag: 'select_static', name: 'x1', required: true, placeholder: plain('请选择') }] };
    expect(summaryOf(nameless, problemsOf(nameless, {}, []), show)).toBe('还有1项没填好');
  });
});

describe('a field', () => {
  it('is called by its label, else its text, its placeholder, its name', () => {
    const all = { label: plain('时间'), text: plain('宣读'), placeholder: plain('选择日期'), name: 'day' };
    expect(captionOf(all, show)).toBe('时间');
    expect(captionOf({ ...all, label: undefined }, show)).toBe('宣读');
    expect(captionOf({ placeholder: all.placeholder, name: 'day' }, show)).toBe('选择日期');
    expect(captionOf({ name: 'day' }, show)).toBe('day');
    expect(captionOf({}, show)).toBe('选项');
  });

  it('shows how much room is left only near the end', () => {
    expect(roomLeft('一'.repeat(31), 40)).toBe('');
    expect(roomLeft('一'.repeat(32), 40)).toBe('32/40');
    expect(roomLeft('𠮷'.repeat(40), 40)).toBe('40/40');
    expect(roomLeft('一'.repeat(800), undefined)).toBe('800/1000');
  });

  it('of several choices gains or loses one', () => {
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
    expect(strings(['a', 1, 'b'])).toEqual(['a', 'b']);
    expect(strings('a')).toEqual([]);
  });

  it('begins with the text that the card gives', () => {
    expect(initialText({ tag: 'input', default_value: '党史馆' })).toBe('党史馆');
    expect(initialText({ tag: 'input' })).toBe('');
  });
});
