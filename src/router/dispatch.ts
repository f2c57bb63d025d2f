import { deadLetterCard, filesLaterCard, lostCard, refusals, unboundCard, unknownWordCard } from '../cards/refusal.ts';
import { holdersOf } from '../domain/organisation.ts';
import { type Access, mayUse } from '../domain/permission.ts';
import type { Plan } from '../domain/rows.ts';
import { normalise, withoutMention } from '../domain/utterance/normalise.ts';
import type { CardClick } from '../ports/click.ts';
import type { ChatMessage } from '../ports/message.ts';
import { planOfClick, planOfMessage } from './plan.ts';
import type { Registry } from './registry.ts';
import type { Answer, Click, Command, Facts, Readers, Request } from './request.ts';
import { understand } from './understand.ts';

const answerWith = (card: Answer['card']): Answer => ({ card });

const contactOf = (facts: Facts): string | null =>
  facts.unit ? (holdersOf(facts.organisation, 'branchSecretary', facts.unit.code)[0]?.name ?? null) : null;

/** What somebody hears whom the gate stops. */
const refuse = (access: Access, facts: Facts): Answer => {
  if (access === 'recorder' && facts.unit === null) return answerWith(unboundCard());
  if (access === 'recorder') return answerWith(refusals.recorder(contactOf(facts)));
  return answerWith(access === 'administrator' ? refusals.administrator() : refusals.member());
};

const mayPass = (access: Access, facts: Facts): boolean =>
  mayUse(access, facts.actor, facts.unit?.code ?? null, facts.organisation);

type Chosen = { readonly command: Command; readonly rest: string } | { readonly unknown: string } | null;

/** A slash names a command; so does a bare word on a line of its own, or one followed by a space. */
const chooseByWord = (registry: Registry, line: string): Chosen => {
  const slash = line.startsWith('/');
  const body = (slash ? line.slice(1) : line).trim();
  const leading = registry.leading(body);
  const rest = leading ? body.slice(leading.word.length) : '';
  if (leading && (slash || rest === '' || /^[\s,:]/.test(rest))) return { command: leading.command, rest: rest.trim() };
  return slash ? { unknown: body.split(/[\s,:]/)[0] ?? '' } : null;
};

const choose = (registry: Registry, facts: Facts, line: string, request: Request): Chosen => {
  const byWord = chooseByWord(registry, line);
  if (byWord && 'command' in byWord) return byWord;
  const inReply = facts.about?.duties.length ? registry.inReply(line) : null;
  if (inReply) return { command: inReply, rest: line };
  const intent = request.utterance.items[0]?.intent ?? 'none';
  const byIntent = registry.byIntent(intent);
  if (byIntent && (byWord === null || intent === 'record')) return { command: byIntent, rest: line };
  if (byWord) return byWord;
  const completes = facts.about?.draft ? registry.byIntent('record') : null;
  return completes ? { command: completes, rest: line } : null;
};

/** A message for the bot: which command it means, whether its sender may, what the command decides. */
export const decideMessage = async (
  registry: Registry,
  readers: Readers,
  facts: Facts,
  message: ChatMessage,
): Promise<Plan> => {
  const line = withoutMention(normalise(message.text));
  const plan = (answer: Answer) => planOfMessage(facts, message.id, answer);
  if (line === '') return plan(answerWith(message.attachments.length > 0 ? filesLaterCard() : lostCard()));
  const request: Request = { ...facts, message, rest: line, utterance: understand(facts, message.text) };
  const chosen = choose(registry, facts, line, request);
  if (chosen === null) return plan(answerWith(lostCard()));
  if ('unknown' in chosen)
    return plan(
      answerWith(unknownWordCard(chosen.unknown, registry.suggest(chosen.unknown), facts.chat.type === 'group')),
    );
  const { command, rest } = chosen;
  if (!mayPass(command.access, facts)) return plan(refuse(command.access, facts));
  return plan(await command.run({ ...request, rest }, readers));
};

/** A click: authorised again, whatever the card says; an action nobody knows changes nothing. */
export const decideClick = async (
  registry: Registry,
  readers: Readers,
  facts: Facts,
  { messageId, value, form }: CardClick,
): Promise<Plan> => {
  const name = typeof value.do === 'string' ? value.do : '';
  const action = registry.action(name);
  const warn = (content: string): Plan => ({ effects: [], toast: { type: 'warning', content } });
  if (!action) return warn('这个按钮已经不用了，请用最新的卡片。');
  if (!mayPass(action.access, facts)) return warn('这一步请本支部的书记或委员来点。');
  const click: Click = { ...facts, messageId, value, form };
  return planOfClick(facts, messageId, await action.run(click, readers));
};

/** The one sentence a sender hears when a message could not be handled after all tries. */
export const planOfDeadLetter = (facts: Facts, messageId: string): Plan =>
  planOfMessage(facts, messageId, answerWith(deadLetterCard()));

/** In a group only what names the bot, begins with a slash or answers the bot is for it; in private everything is. */
export const isAddressed = (message: ChatMessage, facts: Pick<Facts, 'about'>): boolean =>
  message.chatType === 'private' ||
  message.mentionsBot ||
  facts.about !== null ||
  normalise(message.text).trimStart().startsWith('/');
