import { z } from 'zod';
import { ControlFault } from '../core/fault.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat, Person } from '../core/world.ts';
import { type Emitted, emitBotMember, emitUserMembers } from '../events/events.ts';
import { emittedView, untold } from './emitted.ts';
import { chatBy, personBy } from './lookup.ts';

export const membersSchema = z.object({
  chat: z.string(),
  as: z.string().optional(),
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});

/** People and the bot come and go. The bot is told of itself, and of others as long as it is there. */
export async function changeMembers(sandbox: Sandbox, input: z.output<typeof membersSchema>): Promise<object> {
  const chat = chatBy(sandbox, input.chat);
  if (chat.kind !== 'group') throw new ControlFault(400, 'a private chat has no members to change');
  const operator = input.as === undefined ? firstMember(sandbox, chat) : personBy(sandbox, input.as);
  const people = (keys: string[]): Person[] =>
    [...new Set(keys)].filter((key) => key !== 'bot').map((key) => personBy(sandbox, key));
  const gone = people(input.remove).filter(({ key }) => chat.members.has(key));
  const come = people(input.add).filter((one) => !chat.members.has(one.key));
  const stays = [...chat.members].filter((key) => !gone.some((one) => one.key === key));
  const members = [...stays, ...come.map(({ key }) => key)];
  const before = chat.bot;
  const bot = !input.remove.includes('bot') && (before || input.add.includes('bot'));
  sandbox.state.commit({ t: 'members', chatId: chat.id, members, bot });
  const told: Emitted[] = [];
  const here = before && bot;
  if (here && come.length > 0) told.push(await emitUserMembers(sandbox, chat, operator, come, true));
  if (here && gone.length > 0) told.push(await emitUserMembers(sandbox, chat, operator, gone, false));
  if (bot !== before) told.push(await emitBotMember(sandbox, chat, operator, bot));
  const last = told.at(-1);
  const raised = last ? emittedView(last) : untold;
  return { chat: chat.key, chat_id: chat.id, members, bot, ...raised };
}

function firstMember(sandbox: Sandbox, chat: Chat): Person | undefined {
  const [key] = chat.members;
  return key === undefined ? undefined : sandbox.directory.person(key);
}
