import type { ChatView, MessageView } from '../core/sandbox.ts';

export interface Readers {
  read: readonly string[];
  unread: readonly string[];
}

/** Who of a chat has read a message and who has not, without its sender: keys of people. */
export function readersOf({ members, reads }: Pick<ChatView, 'members' | 'reads'>, message: MessageView): Readers {
  const others = members.filter((key) => key !== message.from);
  const hasRead = (key: string): boolean => (reads[key] ?? 0) >= message.position;
  return { read: others.filter(hasRead), unread: others.filter((key) => !hasRead(key)) };
}
