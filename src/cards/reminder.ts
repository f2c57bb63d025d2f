import { type Card, cards, type Policy } from '../domain/duty/index.ts';
import type { DutyRow } from '../domain/rows.ts';
import type { LocalDate } from '../domain/time/local.ts';
import { type WorkCalendar, workdaysAfter } from '../domain/time/work-calendar.ts';
import type { Button, CardSpec } from './card.ts';
import { dayText, escape, lampText, periodText, titleText } from './text.ts';

export type ReminderLine = {
  readonly duty: DutyRow;
  readonly card: Card;
  readonly policy: Policy;
  readonly unitName: string;
};
export type ReminderView = {
  readonly lines: readonly ReminderLine[];
  readonly to: 'chat' | 'person';
  readonly today: LocalDate;
  readonly calendar: WorkCalendar;
};

const shownAtMost = 5;
/** A button carries the duties it is about, and a card holds 30 KB. */
const actedOnAtMost = 50;

/** Escalation before overdue before duty, then the earlier deadline: the worst first. */
export const worstFirst = (lines: readonly ReminderLine[]): readonly ReminderLine[] =>
  [...lines].sort(
    (a, b) => cards.indexOf(b.card) - cards.indexOf(a.card) || (a.duty.deadline < b.duty.deadline ? -1 : 1),
  );

const titles: Readonly<Record<Card, (lines: readonly ReminderLine[]) => string>> = {
  duty: (lines) =>
    lines.length === 1 && lines[0]
      ? titleText(lines[0].duty.period, lines[0].policy.name, '待完成')
      : `还有${lines.length}件事`,
  overdue: (lines) =>
    lines.length === 1 && lines[0]
      ? titleText(lines[0].duty.period, lines[0].policy.name, '未见记录')
      : `有${lines.length}件未见记录`,
  escalation: (lines) => `有${lines.length}件逾期，请过问`,
};

const closes: Readonly<Record<Card, string>> = {
  duty: '开过了就补记一句',
  overdue: '已开请补记（会注明补录），确实没开请说明原因',
  escalation: '建议联系支部书记',
};

/** One item says what, by when, and what closes it. */
const lineOf = ({ today, calendar }: ReminderView, { duty, card, policy, unitName }: ReminderLine): string => {
  const unit = card === 'escalation' ? `${escape(unitName)} · ` : '';
  const lamp = lampText(duty.deadline, today, workdaysAfter(calendar, duty.deadline, today));
  const deadline = `${dayText(duty.deadline, today, calendar)}前`;
  return `**${unit}${periodText(duty.period)}${policy.name}**：${deadline} · ${lamp}`;
};

const buttonsOf = (duties: readonly string[]): readonly Button[] => [
  { name: 'open', text: '已开，补记', value: { do: 'record.open', duties } },
  { name: 'acknowledge', text: '知道了', value: { do: 'acknowledge', duties } },
];

const hints = {
  chat: '@我 并回复本条一句话即可记录，例如：20日下午3点 党史馆 学支部条例 全到',
  person: '只发给您。回复本条一句话即可记录，例如：20日下午3点 党史馆 学支部条例 全到',
};

/** The one card of a recipient and day: what is due, overdue or escalated, merged, worst first (design §5). */
export const reminderCard = (view: ReminderView): CardSpec => {
  const lines = worstFirst(view.lines);
  const kind = lines[0]?.card ?? 'duty';
  const own = lines.filter((line) => line.card !== 'escalation');
  const bases = [...new Set(lines.map((line) => line.policy.basis))];
  const text = lines.map((line) => lineOf(view, line));
  return {
    kind,
    title: titles[kind](lines.filter((line) => line.card === kind)),
    lines: [...text.slice(0, shownAtMost), closes[kind], ...(own.length > 0 ? [hints[view.to]] : [])],
    ...(text.length > shownAtMost
      ? { folded: { title: `还有${text.length - shownAtMost}件`, lines: text.slice(shownAtMost) } }
      : {}),
    ...(own.length > 0 ? { buttons: buttonsOf(own.slice(0, actedOnAtMost).map((line) => line.duty._id)) } : {}),
    basis: bases.join('；'),
  };
};
