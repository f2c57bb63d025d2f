import type { ReadMark } from '../core/read-marks.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { toIso } from '../core/time.ts';
import type { Chat } from '../core/world.ts';
import type { ChatView, ReadView } from '../wire.ts';
import { shortText } from './view.ts';

/** All groups, and the private chats in which something was said. */
export function viewChats(sandbox: Sandbox): ChatView[] {
  const { directory, state } = sandbox;
  const spoken = directory.people
    .map((person) => directory.p2pOf(person))
    .filter(({ id }) => state.messages.inChat(id).length > 0);
  return [...directory.groups, ...spoken].map((chat) => viewChat(sandbox, chat));
}

function viewChat(sandbox: Sandbox, { key, id, name, kind, members, bot }: Chat): ChatView {
  const { messages } = sandbox.state;
  const all = messages.inChat(id);
  const last = all.at(-1);
  return {
    chat: key,
    chat_id: id,
    name,
    type: kind,
    members: [...members],
    bot,
    messages: all.length,
    last: last?.seq ?? 0,
    reads: Object.fromEntries(messages.readsIn(id).map((mark) => [mark.person, messages.positionOf(mark)])),
    latest: last ? { from: last.from, text: shortText(sandbox, last), at: toIso(last.createdAt) } : null,
  };
}

export function viewRead(sandbox: Sandbox, mark: ReadMark): ReadView {
  const { chatId, person, at } = mark;
  const chat = sandbox.directory.chat(chatId)?.key ?? chatId;
  return { chat, person, position: sandbox.state.messages.positionOf(mark), at: toIso(at) };
}
