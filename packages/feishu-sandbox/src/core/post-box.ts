import { messageIdOf, randomHex } from './ids.ts';
import type { Mention, StoredMessage } from './records.ts';
import type { Sandbox } from './sandbox.ts';

export interface Draft {
  chatId: string;
  from: string;
  type: string;
  content: string;
  mentions: Mention[];
  parent?: StoredMessage | undefined;
  /** Put the answer into the topic of the parent, opening one if need be. */
  inThread?: boolean | undefined;
  uuid?: string | null | undefined;
}

/** Adds a message to a chat at the sandbox's present time. */
export function addMessage(sandbox: Sandbox, draft: Draft): StoredMessage {
  const { messages } = sandbox.state;
  const seq = messages.all.length + 1;
  const now = sandbox.clock.now();
  const message: StoredMessage = {
    seq,
    id: messageIdOf(seq),
    chatId: draft.chatId,
    from: draft.from,
    type: draft.type,
    content: draft.content,
    mentions: draft.mentions,
    ...placeOf(sandbox, draft),
    createdAt: now,
    updatedAt: now,
    version: 1,
    edits: 0,
    recalledAt: null,
    uuid: draft.uuid ?? null,
    urgent: [],
  };
  sandbox.state.commit({ t: 'message', message });
  return message;
}

/** In a topic every answer hangs on the topic's first message, elsewhere on the message that it answers. */
function placeOf(
  { state }: Sandbox,
  { parent, inThread }: Draft,
): Pick<StoredMessage, 'parentId' | 'rootId' | 'threadId'> {
  if (!parent) return { parentId: null, rootId: null, threadId: null };
  const threadId = parent.threadId ?? (inThread ? `omt_${randomHex(32)}` : null);
  if (threadId === null) return { parentId: parent.id, rootId: parent.rootId ?? parent.id, threadId };
  const first = state.messages.inThread(threadId)[0] ?? parent;
  return { parentId: first.id, rootId: first.id, threadId };
}

/** Notes that somebody has read a chat up to this message. */
export function markRead(sandbox: Sandbox, message: StoredMessage, person: string): void {
  const { chatId, seq } = message;
  if (sandbox.state.messages.readAt(message, person) !== null) return;
  sandbox.state.commit({ t: 'read', chatId, person, seq, at: sandbox.clock.now() });
}
