import type { Router } from '@koa/router';
import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import { randomHex } from '../core/ids.ts';
import { markRead } from '../core/post-box.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { emitEntered, emitReaction, emitRead, emitRecalled } from '../events/events.ts';
import { controlBody, controlQuery } from '../http/body.ts';
import { click, clickSchema } from './click.ts';
import { emittedView, untold } from './emitted.ts';
import { chatOf, messageBy, mustBeMember, personBy } from './lookup.ts';
import { changeMembers, membersSchema } from './members.ts';
import { say, saySchema } from './say.ts';

const onMessage = z.object({ message_id: z.string(), as: z.string() });
const reactSchema = onMessage.extend({ emoji: z.string().min(1), remove: z.boolean().default(false) });
const enterSchema = z.object({ as: z.string() });
const peopleSchema = z.object({ q: z.string().default(''), limit: z.coerce.number().int().min(1).default(1000) });

/** What people do: speak, click, recall, react, read, come and go. */
export function peopleRoutes(router: Router, sandbox: Sandbox): void {
  router.post('/sandbox/say', async (ctx) => {
    ctx.body = await say(sandbox, await controlBody(ctx, saySchema));
  });
  router.post('/sandbox/click', async (ctx) => {
    ctx.body = await click(sandbox, await controlBody(ctx, clickSchema));
  });
  router.post('/sandbox/recall', async (ctx) => {
    ctx.body = await recall(sandbox, await controlBody(ctx, onMessage));
  });
  router.post('/sandbox/react', async (ctx) => {
    ctx.body = await react(sandbox, await controlBody(ctx, reactSchema));
  });
  router.post('/sandbox/read', async (ctx) => {
    ctx.body = await read(sandbox, await controlBody(ctx, onMessage));
  });
  router.post('/sandbox/enter', async (ctx) => {
    ctx.body = await enter(sandbox, await controlBody(ctx, enterSchema));
  });
  router.post('/sandbox/members', async (ctx) => {
    ctx.body = await changeMembers(sandbox, await controlBody(ctx, membersSchema));
  });
  router.get('/sandbox/people', (ctx) => {
    const { q, limit } = controlQuery(ctx, peopleSchema);
    ctx.body = { items: findPeople(sandbox, q, limit) };
  });
}

async function recall(sandbox: Sandbox, { message_id, as }: z.output<typeof onMessage>): Promise<object> {
  const message = messageBy(sandbox, message_id);
  const person = personBy(sandbox, as);
  if (message.from !== person.key) throw new ControlFault(403, 'only the sender can recall a message');
  if (message.recalledAt) throw new ControlFault(409, 'the message was recalled before');
  sandbox.state.commit({ t: 'recall', id: message.id, at: sandbox.clock.now() });
  if (!chatOf(sandbox, message).bot) return { message_id, ...untold };
  return { message_id, ...emittedView(await emitRecalled(sandbox, message)) };
}

type React = z.output<typeof reactSchema>;

/** Puts an emoji under a message, or takes it away again; doing either twice changes nothing. */
async function react(sandbox: Sandbox, { message_id, as, emoji, remove }: React): Promise<object> {
  const message = messageBy(sandbox, message_id);
  const person = personBy(sandbox, as);
  const chat = chatOf(sandbox, message);
  mustBeMember(chat, person);
  const own = sandbox.state.messages
    .reactionsOf(message.id)
    .find((one) => one.by === person.key && one.emoji === emoji);
  if (remove !== (own !== undefined)) return { message_id, ...untold };
  const { id } = message;
  if (own) sandbox.state.commit({ t: 'unreact', id, reactionId: own.id });
  else {
    const reaction = { id: randomHex(32), by: person.key, emoji, at: sandbox.clock.now() };
    sandbox.state.commit({ t: 'reaction', id, reaction });
  }
  if (!chat.bot) return { message_id, ...untold };
  return { message_id, ...emittedView(await emitReaction(sandbox, id, person, emoji, !remove)) };
}

/** Marks the chat as read up to this message; the bot is told in private chats only, and of its own messages. */
async function read(sandbox: Sandbox, { message_id, as }: z.output<typeof onMessage>): Promise<object> {
  const message = messageBy(sandbox, message_id);
  const person = personBy(sandbox, as);
  const chat = chatOf(sandbox, message);
  mustBeMember(chat, person);
  const before = sandbox.state.messages.readAt(message, person.key) !== null;
  markRead(sandbox, message, person.key);
  if (before || chat.kind !== 'p2p' || message.from !== 'bot') return { message_id, ...untold };
  return { message_id, ...emittedView(await emitRead(sandbox, message, person)) };
}

/** Somebody opens the private chat with the bot: it is told each time. */
async function enter(sandbox: Sandbox, { as }: z.output<typeof enterSchema>): Promise<object> {
  const person = personBy(sandbox, as);
  return emittedView(await emitEntered(sandbox, sandbox.directory.p2pOf(person), person));
}

function findPeople(sandbox: Sandbox, q: string, limit: number): object[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = sandbox.directory.people.filter(({ key, name, title, openId }) => {
    const haystack = `${key} ${name} ${title ?? ''} ${openId}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  return hits.slice(0, limit).map((person) => ({
    key: person.key,
    name: person.name,
    title: person.title,
    open_id: person.openId,
    union_id: person.unionId,
    chats: sandbox.directory.groups.filter(({ members }) => members.has(person.key)).map(({ key }) => key),
  }));
}
