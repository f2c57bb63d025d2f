import {
  type Answer,
  type CardSpec,
  type DutyRow,
  dayText,
  defineCommand,
  escape,
  holdsOrganisationalLife,
  lampText,
  monthOf,
  noticeCard,
  periodText,
  type Readers,
  type Request,
  reaches,
  refusals,
  type Unit,
  unboundCard,
  unitOf,
  workdaysAfter,
} from '../src/kit.ts';

const nameOf = (request: Request, duty: DutyRow): string =>
  request.rules.pack.policies.find((policy) => policy.id === duty.policy)?.name ?? duty.kind;

const lineOf = (request: Request, duty: DutyRow): string => {
  const { calendar } = request.rules;
  const name = `**${periodText(duty.period)}${nameOf(request, duty)}**`;
  if (duty.met) return `✓ ${name}：已记录`;
  const lamp = lampText(duty.deadline, request.today, workdaysAfter(calendar, duty.deadline, request.today));
  return `${name}：${dayText(duty.deadline, request.today, calendar)}前 · ${lamp}`;
};

const cardOf = (request: Request, unit: Unit, duties: readonly DutyRow[]): CardSpec => {
  const open = duties.filter((duty) => duty.met === null);
  const month = periodText(monthOf(request.today));
  if (open.length === 0)
    return {
      kind: 'digest',
      title: `${month}没有待办`,
      lines: [`${escape(unit.name)}：${month}各项都齐了，本月没有待办。`],
    };
  const bases = request.rules.pack.policies.filter((policy) => open.some((duty) => duty.policy === policy.id));
  return {
    kind: 'digest',
    title: `还有${open.length}件事`,
    lines: [escape(unit.name), ...duties.map((duty) => lineOf(request, duty))],
    buttons: [{ name: 'open', text: '补记', value: { do: 'record.open', duties: open.map((duty) => duty._id) } }],
    basis: bases.map((policy) => policy.basis).join('；'),
  };
};

/** The unit asked about: named, or the one this chat or person belongs to. */
const unitAsked = (request: Request): Unit | null => {
  const named = request.utterance.items[0]?.query?.unit;
  const unit = named ? request.organisation.units.find((one) => one.code === named || one.name === named) : undefined;
  return unit ?? (named ? (unitOf(request.organisation, named) ?? null) : request.unit);
};

const show = async (request: Request, unit: Unit, { duties }: Readers): Promise<Answer> => {
  const month = monthOf(request.today);
  const rows = await duties.ofUnit(unit.code, false);
  const shown = rows.filter((duty) => duty.period === month || (duty.met === null && duty.period < month));
  return {
    card: cardOf(request, unit, shown),
    about: { duties: shown.filter((duty) => !duty.met).map((duty) => duty._id) },
  };
};

export default defineCommand({
  name: 'todo',
  words: ['待办', '状态', '我还欠什么', '还差什么'],
  intents: ['query'],
  summary: '本支部还有哪些没做',
  example: '/待办',
  access: 'member',
  run: async (request, readers) => {
    const what = request.utterance.items[0]?.query?.what ?? 'todo';
    if (what === 'unpaid')
      return { card: noticeCard('仅可私聊查询', '党费情况涉及个人，不在群里说，目前也还不能查。') };
    if (what !== 'todo' && what !== 'status')
      return { card: noticeCard('这个还不会查', '目前能查的是本支部的待办。可以发：/待办') };
    const unit = unitAsked(request);
    if (unit === null) return { card: unboundCard() };
    if (!request.actor.person || !reaches(request.organisation, request.actor.person, unit.code))
      return { card: refusals.member() };
    if (!holdsOrganisationalLife(unit))
      return { card: noticeCard('请说是哪个支部', '目前按支部看待办。例如：/待办 机电系教工第一党支部') };
    return show(request, unit, readers);
  },
});
