import { numberOf } from '../utterance/chinese-number.ts';
import { kindIn } from '../utterance/rules-kind.ts';
import { splitTopics } from '../utterance/rules-topic.ts';
import type { RecordFields } from './fields.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** `2026-11-20 15:00 +0800`, as a picker sends it, in local time. */
const momentOf = (value: unknown): string | null => {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(textOf(value));
  return match ? `${match[1]}T${match[2]}` : null;
};
const countOf = (value: unknown): number | null => {
  const digits = textOf(value).match(/\d{1,4}|[零一二三四五六七八九十百]+/)?.[0];
  return digits === undefined ? null : numberOf(digits);
};
const wordsOf = (value: unknown): string | null => textOf(value) || null;

const listOf = (value: unknown): readonly string[] =>
  textOf(value)
    .split(/[;；\n]/)
    .flatMap(splitTopics);

const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  startAt: momentOf,
  endAt: momentOf,
  expected: countOf,
  present: countOf,
  listeners: countOf,
  activists: countOf,
  group: countOf,
  kind: (value) => kindIn(textOf(value)),
  topics: listOf,
  agenda: listOf,
  studyTopics: listOf,
};
const plain = ['place', 'host', 'recorder', 'summary', 'lecturer', 'person'];

/** Fields that need the grammar, as a phrase it understands. */
const phrases: Readonly<Record<string, (text: string) => string>> = {
  absent: (text) => `缺${text.replace(/^(?:缺席|缺|请假)/, '')}`,
  votes: (text) => text,
};

/** What a submitted form says, field by field; blank fields say nothing. Values a client made up are ignored. */
export const fieldsFromForm = (form: Readonly<Record<string, unknown>>): Partial<RecordFields> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => {
      const read = readers[name] ?? (plain.includes(name) ? wordsOf : null);
      return read === null ? [] : [[name, read(value)]];
    }),
  );

/** The part of a form that the grammar has to read, as one line. */
export const phraseFromForm = (form: Readonly<Record<string, unknown>>): string =>
  Object.entries(phrases)
    .flatMap(([name, phrase]) => (textOf(form[name]) === '' ? [] : [phrase(textOf(form[name]))]))
    .join(' ');
