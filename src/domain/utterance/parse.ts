/** One line of Chinese to what it means: pure, never guesses, never throws. */

import { kindOf } from '../record/kinds.ts';
import { type Command, type CommandLine, commandOf } from './commands.ts';
import { correctionItem, isCorrection } from './correction.ts';
import { itemOf } from './item.ts';
import { compatible, normalise, withoutMention } from './normalise.ts';
import { bindItem, declareItem, drawItem, exportItem, reportItem, snoozeItem } from './orders.ts';
import { isQuestion, questionPatterns, statusItem, todoItem } from './questions.ts';
import { planItem, readDraft, recordItem } from './record-line.ts';
import { rectificationItem, rectificationNumber } from './rectification.ts';
import { mentionsKind } from './rules-kind.ts';
import { isTopical } from './scan.ts';
import type { Item, ParsedUtterance, UtteranceContext } from './types.ts';

type Reader = (line: string, context: UtteranceContext) => Item;

const planWords = /计划|排期|拟于?\d|拟定于|定于|定在|将于|改到|改在|准备(?:在|于|开|召开)|打算|预计|安排在/;
const aheadWords = /(?<!到)(?:明天|明日|后天|大后天|下周|下个?星期|下个?礼拜|下个?月)/;
const heldWords = /开完|开了|召开了|举行了|参加了|补录|实到|已开|已经开/;

const isPlan = (line: string): boolean =>
  (planWords.test(line.slice(0, 40)) || aheadWords.test(line)) && !heldWords.test(line);
const recordOrPlan: Reader = (line, context) => (isPlan(line) ? planItem(line, context) : recordItem(line, context));

/** Records that one message holds together: each part names a kind of its own and says when. */
const severalRecords = (line: string): readonly string[] => {
  const parts = line
    .split(/[\n;]|。(?=.)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const complete = parts.every((part) => mentionsKind(part) && /\d|[昨今前]天|周|星期/.test(part));
  return parts.length > 1 && parts.length <= 10 && complete ? parts : [line];
};
const records = (line: string, context: UtteranceContext, read: Reader): readonly Item[] =>
  severalRecords(line).map((part) => read(commandOf(part).command === 'record' ? commandOf(part).rest : part, context));

const one =
  (read: Reader) =>
  (line: string, context: UtteranceContext): readonly Item[] => [read(line, context)];
const found: Reader = (line, context) =>
  isQuestion(line) ? (asked(line, context) ?? statusItem(line, context)) : statusItem(line, context);

const byCommand: Readonly<Record<Command, (line: string, context: UtteranceContext) => readonly Item[]>> = {
  record: (line, context) => records(line, context, recordItem),
  kind: (line, context) => records(line, context, recordOrPlan),
  plan: one(planItem),
  status: one(statusItem),
  todo: one(todoItem),
  missing: one(statusItem),
  find: one(found),
  help: one(() => itemOf('help')),
  bind: one(bindItem),
  rectification: one(rectificationItem),
  report: one(reportItem),
  export: one(exportItem),
  draw: one(drawItem),
  declare: one(declareItem),
  undo: one(() => itemOf('undo')),
  correct: one(correctionItem),
  snooze: one(snoozeItem),
};

function asked(line: string, context: UtteranceContext): Item | null {
  return questionPatterns.find(([pattern]) => pattern.test(line))?.[1](line, context) ?? null;
}

const nothingSaid: Reader = () => itemOf('none');
/** Sentences that need no command; the first that fits. */
const sentences: readonly (readonly [(line: string, context: UtteranceContext) => boolean, Reader])[] = [
  [(line) => rectificationNumber(line) !== null, rectificationItem],
  [(line) => /^(?:请)?(?:撤销|撤回|作废)(?:刚才|上一条|上条|那条|这条|吧|了|$|一下)/.test(line), () => itemOf('undo')],
  [isCorrection, correctionItem],
  [
    (line) =>
      /(?:不|别|先别|暂不|暂时不|晚点|晚些|推迟|延后|暂停|停)(?:再|要|用)?提醒|提醒.{0,6}(?:推迟|延后)|^推迟/.test(
        line,
      ),
    snoozeItem,
  ],
  [(line) => /^(?:请|帮我|帮忙)?导出/.test(line), exportItem],
  [(line) => /申报.{0,6}最强|最强(?:党)?支部.{0,4}申报/.test(line), declareItem],
  [(line) => /^(?:把)?(?:本群|这个群|群).{0,4}绑定|^绑定/.test(line), bindItem],
  [
    (line) =>
      /^(?:你?会什么|怎么(?:用|记|录)|.{0,8}怎么(?:记|写|填|报|录入)|有什么功能|能做什么|你能干(?:什么|啥)|使用(?:方法|说明)|帮助|help)\??$/i.test(
        line,
      ),
    () => itemOf('help'),
  ],
];
const fromSentence = (line: string, context: UtteranceContext): Item | null =>
  sentences.find(([fits]) => fits(line, context))?.[1](line, context) ?? asked(line, context);

/** Words about something held: what they say decides, not how they begin. */
const saysRecord = (line: string, context: UtteranceContext): boolean => {
  const { fields, dates, times, everyone, ask, vote, free } = readDraft(line, context, 'past');
  const signs = [dates, times, fields.absent].map((list) => list.length > 0);
  const count = [...signs, fields.expected !== null, fields.present !== null, everyone].filter(Boolean).length;
  const told = fields.host !== null || fields.place !== null || vote !== null || heldWords.test(line);
  const topic = fields.topics.length > 0 || free.some(({ words }) => isTopical(words));
  const kind = fields.kind !== null || ask.some(({ field }) => field === 'kind');
  const replied = kindOf(context.replyTo?.kind ?? '') !== undefined && !/不开|没开/.test(line);
  return count >= 2 || (kind && (count > 0 || told)) || (replied && (count > 0 || told || topic || kind));
};

const meaning = (
  line: string,
  { command, slash, rest, offers }: CommandLine,
  context: UtteranceContext,
): readonly Item[] => {
  if (command !== null && (slash || command !== 'kind')) return byCommand[command](rest, context);
  const sentence = fromSentence(rest, context);
  if (sentence) return [sentence];
  if (saysRecord(rest, context)) return records(rest, context, recordOrPlan);
  if (offers.length > 0) return [itemOf('none', { ask: [{ field: 'command', why: 'unclear', options: offers }] })];
  return [nothingSaid(line, context)];
};

/** Longer texts are cut: no record needs more, and the grammar's time stays bounded. */
const longest = 4000;

export const parseUtterance = (text: string, context: UtteranceContext): ParsedUtterance => {
  const line = withoutMention(normalise(text.slice(0, longest)));
  return { text: compatible(text), items: meaning(line, commandOf(line), context) };
};
