import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';
import { chat, speakerKey, unread } from '../core/state.ts';

let asked = '';

/** The speaker has seen the end of the open chat: `last` is the last message of its list. */
export async function markRead(last: MessageView): Promise<void> {
  const open = chat.value;
  const person = speakerKey.value;
  if (open?.chat !== last.chat || person === null || unread(open, person) <= 0) return;
  // The feed tells of what was read: until then the same must not be asked for again.
  const now = `${open.chat} ${person} ${open.messages}`;
  if (asked === now) return;
  asked = now;
  await attempt(async () => sandbox.read({ message_id: await newestId(last, open.messages), as: person }));
}

/** The newest message may be an answer inside a topic, which is not in the list. */
async function newestId(last: MessageView, messages: number): Promise<string> {
  if (last.position >= messages) return last.message_id;
  const { items } = await sandbox.chatMessages(last.chat, { limit: 1 });
  return items[0]?.message_id ?? last.message_id;
}
