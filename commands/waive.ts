import {
  type Answer,
  type CardSpec,
  type Click,
  type DutyRow,
  defineCommand,
  escape,
  type Facts,
  kindOf,
  kinds,
  logged,
  noticeCard,
  type Person,
  periodText,
  type Readers,
  type Request,
  reaches,
  recipientsOf,
  unitOf,
} from '../src/kit.ts';

const nameOf = (facts: Facts, duty: DutyRow): string =>
  `${periodText(duty.period)}${facts.rules.pack.policies.find((policy) => policy.id === duty.policy)?.name ?? duty.kind}`;

const unitName = (facts: Facts, duty: DutyRow): string => unitOf(facts.organisation, duty.unit)?.name ?? duty.unit;

const words = ['本期不开', '这期不开', '本月不开'];
const noise = new RegExp(`^/|${words.join('|')}|${kinds.flatMap((kind) => kind.words).join('|')}`, 'g');

/** What is left without the words of the command and of the kinds; behind 因为 where that is said. */
const reasonOf = (line: string): string =>
  line
    .replace(noise, '')
    .replace(/^.*?(?:因为|原因是?)/, '')
    .replace(/^[\s,:;。]+|[\s,:;。]+$/g, '');

/** The duties meant: those of the reminder that is answered, narrowed by a kind's word. */
const meant = async ({ about, unit, message }: Request, { duties }: Readers): Promise<readonly DutyRow[]> => {
  const rows = await duties.find(about?.duties ?? []);
  const open = rows.filter((duty) => duty.met === null && duty.unit === unit?.code);
  const named = kinds.filter((kind) => kind.words.some((word) => message.text.includes(word)));
  return named.length === 0 ? open : open.filter((duty) => named.some((kind) => kind.code === duty.kind));
};

const askedCard = (facts: Facts, duty: DutyRow, reason: string): CardSpec => ({
  kind: 'review',
  title: '申请本期不开',
  lines: [
    `**${escape(unitName(facts, duty))} · ${nameOf(facts, duty)}**`,
    `原因：${escape(reason)}`,
    `申请人：${escape(facts.actor.person?.name ?? '')}。同意之前照常提醒。`,
  ],
  buttons: [
    {
      name: 'agree',
      text: '同意本期不开',
      value: { do: 'waive.agree', duty: duty._id },
      confirm: '同意后这一期不再提醒。',
    },
  ],
});

/** A request, not a decision: the upper level agrees, and until then the ladder goes on (design §5). */
const ask = (request: Request, duty: DutyRow, reason: string): Answer => {
  const waiver = { state: 'asked', reason, by: request.actor.openId, at: request.now } as const;
  const bound = request.bindings.map(({ _id, unit }) => ({ chatId: _id, unit }));
  const reviewers = recipientsOf('organizer', duty.unit, request.organisation, bound);
  return {
    effects: [
      { op: 'update', in: 'duties', id: duty._id, revision: duty.revision, set: { waiver }, ifStale: 'redo' },
      logged(
        request,
        'ask-waiver',
        { collection: 'duties', id: duty._id },
        { waiver: duty.waiver },
        { waiver },
        request.message.id,
      ),
    ],
    card: noticeCard('已转上级同意', `${nameOf(request, duty)}本期不开的申请已报总支。同意之前照常提醒。`),
    also: reviewers.map((to) => ({
      key: `waive/${request.cause}/${to.id}`,
      to,
      card: askedCard(request, duty, reason),
    })),
  };
};

/** By this post alone: being a member of the branch, or holding a post elsewhere, agrees to nothing. */
const reachesBy = (click: Click, person: Person, post: Person['posts'][number], unit: string): boolean =>
  reaches(click.organisation, { ...person, unit: null, posts: [post] }, unit);

const agree = async (click: Click, { duties }: Readers): Promise<Answer> => {
  const id = typeof click.value.duty === 'string' ? click.value.duty : '';
  const [duty] = await duties.find([id]);
  const { person } = click.actor;
  const mayAgree =
    duty && person?.posts.some((post) => post.unit !== duty.unit && reachesBy(click, person, post, duty.unit));
  if (!duty?.waiver || !person || !mayAgree)
    return { card: null, toast: { type: 'warning', content: '这一步请总支组织员或书记来点。' } };
  if (duty.waiver.state === 'agreed') return { card: null, toast: { type: 'info', content: '已经同意过了。' } };
  const waiver = { ...duty.waiver, state: 'agreed' } as const;
  return {
    effects: [
      { op: 'update', in: 'duties', id, revision: duty.revision, set: { waiver }, ifStale: 'redo' },
      logged(click, 'agree-waiver', { collection: 'duties', id }, { waiver: duty.waiver }, { waiver }),
    ],
    card: noticeCard(
      '已同意本期不开',
      `${escape(unitName(click, duty))} · ${nameOf(click, duty)}，${escape(person.name)}已同意。原因：${escape(duty.waiver.reason)}`,
    ),
    also: [
      {
        key: `waived/${id}`,
        to: { type: 'person', id: duty.waiver.by },
        card: noticeCard('同意本期不开', `${nameOf(click, duty)}本期不开，${escape(person.name)}已同意，不再提醒。`),
      },
    ],
    toast: { type: 'success', content: '已同意' },
  };
};

export default defineCommand({
  name: 'waive',
  words,
  intents: [],
  anywhereInReplies: true,
  summary: '回复提醒：本期不开，因为…（报上级同意）',
  example: '本期不开，因为全员外出实习',
  access: 'recorder',
  run: async (request, readers) => {
    const reason = reasonOf(request.rest);
    const [duty, second] = await meant(request, readers);
    if (!duty) return { card: noticeCard('是哪一项不开', '请直接回复那条提醒，例如：本期不开，因为全员外出实习') };
    if (second) {
      const names = [duty, second].map((one) => kindOf(one.kind)?.name ?? one.kind).join('还是');
      return {
        card: noticeCard(
          '是哪一项不开',
          `${names}？请写明，例如：本期不开，因为全员外出实习，${kindOf(duty.kind)?.name ?? ''}`,
        ),
      };
    }
    if (duty.waiver)
      return { card: noticeCard('已报过上级', `${nameOf(request, duty)}本期不开的申请已报总支，同意之前照常提醒。`) };
    if (reason === '') return { card: noticeCard('还差一句原因', '例如：本期不开，因为全员外出实习') };
    return ask(request, duty, reason);
  },
  actions: { 'waive.agree': { access: 'member', run: agree } },
});
