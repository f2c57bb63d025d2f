import { z } from 'zod';
import { roles } from '../domain/organisation.ts';
import type { Effect } from '../domain/rows.ts';
import { BotError } from '../errors.ts';

/** Rows read back are parsed: what the database holds may be older than the code, or somebody else's. */
const text = z.string();
const maybe = <T extends z.ZodType>(inner: T) => inner.nullish().transform((value) => value ?? null);
const versioned = { _id: text, cause: text, revision: z.number() };
const list = <T extends z.ZodType>(inner: T) => z.array(inner).default([]);
const facts = z.record(z.string(), z.unknown());
const source = z.object({ chat: text, message: text });
const item = z.object({ duty: text, step: text, card: z.enum(['duty', 'overdue', 'escalation']) });

export const recordRow = z.object({
  ...versioned,
  kind: text,
  unit: text,
  group: maybe(z.number()),
  startAt: z.date(),
  endAt: maybe(z.date()),
  period: text,
  place: maybe(text),
  host: maybe(text),
  recorder: maybe(text),
  expected: maybe(z.number()),
  present: maybe(z.number()),
  absent: list(z.object({ name: maybe(text), reason: maybe(text) })),
  topics: list(text),
  details: facts.default({}),
  missing: list(text),
  filled: z.record(z.string(), z.string()).default({}),
  state: z.enum(['draft', 'submitted', 'approved', 'returned', 'withdrawn']),
  late: z.boolean(),
  submittedBy: text,
  submittedAt: z.date(),
  source,
});

export const draftRow = z.object({
  ...versioned,
  unit: text,
  sender: text,
  chat: text,
  text,
  fields: facts,
  filled: z.record(z.string(), z.string()).default({}),
  asked: list(text),
  state: z.enum(['open', 'done', 'dropped']),
  source,
  createdAt: z.date(),
});

export const dutyRow = z.object({
  ...versioned,
  unit: text,
  policy: text,
  kind: text,
  period: text,
  deadline: text,
  nextAt: maybe(z.date()),
  met: maybe(z.object({ by: text, at: z.date() })),
  skipped: list(text),
  waiver: maybe(z.object({ state: z.enum(['asked', 'agreed']), reason: text, by: text, at: z.date() })),
});

export const bindingRow = z.object({ ...versioned, unit: text, by: text, at: z.date() });

export const outboxRow = z.object({
  ...versioned,
  to: z.object({ type: z.enum(['chat', 'person']), id: text }),
  kind: z.enum(['send', 'reply', 'patch']),
  target: maybe(text),
  content: maybe(text),
  items: list(item),
  duties: list(text),
  draft: maybe(text),
  record: maybe(text),
  at: z.date(),
  seq: z.number(),
  state: z.enum(['waiting', 'sent', 'dropped', 'parked']),
  uuid: maybe(text),
  messageId: maybe(text),
  chatId: maybe(text),
  tries: z.number(),
  triedAt: maybe(z.date()),
  sentAt: maybe(z.date()),
  note: maybe(text),
});

const collections = z.enum(['records', 'drafts', 'duties', 'bindings', 'outbox', 'changes']);
const effectShape = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), into: collections, row: facts }),
  z.object({
    op: z.literal('update'),
    in: collections,
    id: text,
    revision: z.number().nullable(),
    expect: facts.optional(),
    set: facts,
    ifStale: z.enum(['redo', 'skip']),
  }),
]);
/** Rows inside a plan were typed when it was made; here their frame is checked. */
const effect = z.custom<Effect>((value) => effectShape.safeParse(value).success);
const plan = z.object({
  effects: list(effect),
  toast: z.object({ type: z.enum(['success', 'info', 'warning', 'error']), content: text }).optional(),
  card: facts.optional(),
  ignored: z.literal(true).optional(),
});

export const inboxRow = z.object({
  _id: text,
  type: text,
  lane: text,
  messageId: maybe(text),
  createTime: z.number(),
  body: text.default('{}').transform((json) => facts.parse(JSON.parse(json))),
  tries: z.number(),
  state: z.enum(['ready', 'done', 'dead']),
  plan: maybe(plan),
});

export const occurrenceRow = z.object({ _id: text, job: text, at: z.date(), tries: z.number() });

export const unitRow = z
  .object({
    _id: text,
    name: text,
    level: z.enum(['committee', 'generalBranch', 'directBranch', 'branch', 'department']),
    parent: maybe(text),
    category: maybe(z.enum(['teacher', 'student', 'admin', 'retired', 'mixed'])),
    groups: list(z.object({ no: z.number(), name: text, leader: maybe(text) })),
    establishedOn: text,
  })
  .transform(({ _id, ...rest }) => ({ code: _id, ...rest }));

export const personRow = z
  .object({
    _id: text,
    name: text,
    unit: maybe(text),
    stage: maybe(z.enum(['full', 'probationary', 'developmentTarget', 'activist', 'applicant'])),
    group: maybe(z.number()),
    posts: list(z.object({ role: z.enum(roles), unit: text })),
  })
  .transform(({ _id, ...rest }) => ({ openId: _id, ...rest }));

export const parseRow = <T extends z.ZodType>(schema: T, row: unknown): z.output<T> => {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new BotError('store.corrupt', z.prettifyError(parsed.error));
};
export const parseMaybe = <T extends z.ZodType>(schema: T, row: unknown): z.output<T> | null =>
  row === null || row === undefined ? null : parseRow(schema, row);
export const parseAll = <T extends z.ZodType>(schema: T, rows: readonly unknown[]): z.output<T>[] =>
  rows.map((row) => parseRow(schema, row));
