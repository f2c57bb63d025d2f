import {
  type Answer,
  type Base,
  type Click,
  completeForm,
  defineCommand,
  enter,
  type Facts,
  type Item,
  kindIn,
  noticeCard,
  openForm,
  type Readers,
  type RecordRow,
  type Request,
  understand,
} from '../src/kit.ts';

const recordBase = (record: RecordRow | null, { unit }: Facts): Base | null =>
  record?.state === 'submitted' && record.unit === unit?.code ? { is: 'record', record } : null;

/** What the text continues: a draft that asked, or a record that still lacks something. */
const baseOf = async (request: Request, { drafts, records }: Readers): Promise<Base | null> => {
  const { about } = request;
  if (about?.draft) {
    const draft = await drafts.find(about.draft);
    if (draft?.state === 'done') return recordBase(await records.find(`${draft._id}/record`), request);
    return draft?.state === 'open' && draft.unit === request.unit?.code ? { is: 'draft', draft } : null;
  }
  return about?.record ? recordBase(await records.find(about.record), request) : null;
};

const kindOfBase = (base: Base): string | null =>
  base.is === 'record' ? base.record.kind : typeof base.draft.fields.kind === 'string' ? base.draft.fields.kind : null;

/** A draft without a kind may have asked for it: there only a kind with a day of its own begins anew. */
const differs = (item: Item, known: string | null): boolean =>
  known === null ? item.startAt !== null : item.kind !== known;

/** A whole new record may be typed as an answer to an old one: a kind or day of its own says so. */
const isNew = (base: Base | null, item: Item): boolean =>
  base === null ||
  (base.is === 'record' && item.startAt !== null) ||
  (item.kind !== null && item.filled.kind === undefined && differs(item, kindOfBase(base)));

const itemsOf = (request: Request, base: Base | null): readonly Item[] => {
  const fresh = request.utterance.items;
  const first = fresh[0];
  if (base === null || (first && isNew(base, first))) return fresh;
  return understand(request, request.message.text, {
    kind: kindOfBase(base) ?? kindIn(request.message.text),
    unit: request.unit?.code ?? null,
    period: null,
  }).items;
};

const first = (answers: readonly Answer[], request: Facts): Answer => {
  const [head, ...others] = answers;
  if (!head)
    return { card: noticeCard('没看懂这条记录', '可以这样说：/记录 主题党日 11月20日15:00 党史馆 学支部条例 全到') };
  return {
    ...head,
    effects: answers.flatMap((answer) => answer.effects ?? []),
    also: others.flatMap((answer, index) =>
      answer.card
        ? [
            {
              key: `reply/${request.cause}/${index + 2}`,
              to: { type: 'chat', id: request.chat.id },
              card: answer.card,
              about: answer.about ?? {},
            },
          ]
        : [],
    ),
  };
};

const duties = (click: Click): readonly string[] => {
  const said = click.value.duties;
  return Array.isArray(said)
    ? said.filter((duty) => typeof duty === 'string' && duty.split('/')[1] === click.unit?.code)
    : [];
};

/** A button of an older card names duties that may have been met since. */
const openUnmet = async (click: Click, readers: Readers): Promise<Answer> => {
  const unmet = (await readers.duties.find(duties(click))).filter((duty) => duty.met === null);
  if (unmet.length > 0)
    return openForm(
      click,
      unmet.map((duty) => duty._id),
    );
  return { card: null, toast: { type: 'info', content: '这些都已经记过了。' } };
};

export default defineCommand({
  name: 'record',
  words: ['记录', '提交', '补录'],
  intents: ['record'],
  summary: '一句话记一次会或活动',
  example: '/记录 主题党日 11月20日下午3点 党史馆 学支部条例 应到14实到12 缺赵甲(出差) 钱乙(病假)',
  access: 'recorder',
  run: async (request, readers) => {
    const base = await baseOf(request, readers);
    const items = itemsOf(request, base);
    const source = { chat: request.chat.id, message: request.message.id };
    return first(
      items.map((item, index) =>
        enter(request, { item, index, base: isNew(base, item) ? null : base, source, text: request.message.text }),
      ),
      request,
    );
  },
  actions: {
    'record.open': { access: 'recorder', run: openUnmet },
    'record.complete': {
      access: 'recorder',
      run: async (click, { drafts, records }) => {
        const draft = typeof click.value.draft === 'string' ? await drafts.find(click.value.draft) : null;
        if (!draft || draft.unit !== click.unit?.code)
          return { card: null, toast: { type: 'warning', content: '这张表已经不用了，请重新记一次。' } };
        return completeForm(click, draft, records);
      },
    },
  },
});
