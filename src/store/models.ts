import { type Connection, type Model, Schema } from 'mongoose';

const Mixed = Schema.Types.Mixed;
const versioned = {
  _id: String,
  cause: { type: String, required: true },
  revision: { type: Number, required: true },
  lastCause: String,
};
const options = { versionKey: false, minimize: false, strict: 'throw', autoCreate: false, autoIndex: false } as const;
const required = <T>(type: T) => ({ type, required: true });
const define = (fields: Record<string, unknown>) => new Schema(fields as never, options);

const inbox = define({
  _id: String,
  type: required(String),
  lane: required(String),
  messageId: String,
  createTime: required(Number),
  receivedAt: required(Date),
  body: String,
  state: required(String),
  token: required(Number),
  tries: required(Number),
  plan: Mixed,
  note: String,
  expireAt: Date,
})
  .index({ messageId: 1 }, { unique: true, partialFilterExpression: { messageId: { $type: 'string' } } })
  .index({ state: 1, lane: 1, createTime: 1, messageId: 1 })
  .index({ expireAt: 1 }, { sparse: true });

const outbox = define({
  ...versioned,
  to: required(Mixed),
  kind: required(String),
  target: String,
  content: String,
  items: [Mixed],
  duties: [String],
  draft: String,
  record: String,
  at: required(Date),
  seq: required(Number),
  state: required(String),
  uuid: String,
  messageId: String,
  chatId: String,
  tries: required(Number),
  triedAt: Date,
  sentAt: Date,
  note: String,
})
  .index({ state: 1, at: 1, seq: 1 })
  .index({ messageId: 1 }, { sparse: true })
  .index({ target: 1, seq: 1 });

const occurrences = define({
  _id: String,
  job: required(String),
  at: required(Date),
  state: required(String),
  reason: String,
  owner: String,
  token: required(Number),
  until: required(Date),
  tries: required(Number),
}).index({ state: 1, at: 1 });

const leases = define({ _id: String, owner: String, token: required(Number), until: required(Date) });
const cursors = define({ _id: String, through: required(Date) });

const duties = define({
  ...versioned,
  unit: required(String),
  policy: required(String),
  kind: required(String),
  period: required(String),
  deadline: required(String),
  nextAt: Date,
  met: Mixed,
  skipped: [String],
  waiver: Mixed,
})
  .index({ met: 1, nextAt: 1 })
  .index({ unit: 1, period: 1 });

const records = define({
  ...versioned,
  kind: required(String),
  unit: required(String),
  group: Number,
  startAt: required(Date),
  endAt: Date,
  period: required(String),
  place: String,
  host: String,
  recorder: String,
  expected: Number,
  present: Number,
  absent: [Mixed],
  topics: [String],
  details: Mixed,
  missing: [String],
  filled: Mixed,
  state: required(String),
  late: required(Boolean),
  submittedBy: required(String),
  submittedAt: required(Date),
  source: required(Mixed),
})
  .index({ unit: 1, kind: 1, period: 1 })
  .index({ submittedBy: 1, submittedAt: 1 })
  .index({ 'source.message': 1 });

const drafts = define({
  ...versioned,
  unit: required(String),
  sender: required(String),
  chat: required(String),
  text: String,
  fields: Mixed,
  filled: Mixed,
  asked: [String],
  state: required(String),
  source: required(Mixed),
  createdAt: required(Date),
});

const bindings = define({ ...versioned, unit: required(String), by: required(String), at: required(Date) });
const units = define({
  _id: String,
  name: required(String),
  level: required(String),
  parent: String,
  category: String,
  groups: [Mixed],
  establishedOn: required(String),
});
const people = define({
  _id: String,
  name: required(String),
  unit: String,
  stage: String,
  group: Number,
  posts: [Mixed],
}).index({ unit: 1 });

const changes = define({
  ...versioned,
  at: required(Date),
  by: required(String),
  what: required(String),
  on: required(Mixed),
  before: Mixed,
  after: Mixed,
  message: String,
}).index({ 'on.id': 1, at: 1 });

const schemas = {
  inbox,
  outbox,
  occurrences,
  leases,
  cursors,
  duties,
  records,
  drafts,
  bindings,
  units,
  people,
  changes,
};
export type Models = { readonly [K in keyof typeof schemas]: Model<Record<string, unknown>> };

/** Declares every collection of contracts §8 on a connection. */
export const defineModels = (connection: Connection): Models =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, connection.model(name, schema, name)]),
  ) as unknown as Models;

/** Builds every index; the bot listens only after this (contracts §1). */
export const buildIndexes = async (models: Models): Promise<void> => {
  await Promise.all(Object.values(models).map((model) => model.createIndexes()));
};
