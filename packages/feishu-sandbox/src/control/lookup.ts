import { ControlFault } from '../core/fault.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Chat, Person } from '../core/world.ts';

export function personBy(sandbox: Sandbox, keyOrId: string): Person {
  const person = sandbox.directory.person(keyOrId);
  if (!person) throw new ControlFault(404, `nobody is called ${keyOrId}`);
  return person;
}

/** `p2p:<person key>`, a chat's key or id, or a person's key: the private chat of that person. */
export function chatBy(sandbox: Sandbox, keyOrId: string): Chat {
  const { directory } = sandbox;
  const chat = directory.chat(keyOrId);
  if (chat) return chat;
  const person = directory.person(keyOrId);
  if (!person) throw new ControlFault(404, `there is no chat ${keyOrId}`);
  return directory.p2pOf(person);
}

export function messageBy(sandbox: Sandbox, id: string): StoredMessage {
  const message = sandbox.state.messages.get(id);
  if (!message) throw new ControlFault(404, `there is no message ${id}`);
  return message;
}

export function chatOf(sandbox: Sandbox, message: StoredMessage): Chat {
  return chatBy(sandbox, message.chatId);
}

export function mustBeMember(chat: Chat, person: Person): void {
  if (!chat.members.has(person.key)) throw new ControlFault(403, `${person.key} is not in the chat ${chat.key}`);
}
