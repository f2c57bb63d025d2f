import type { MessageView } from '../core/sandbox.ts';
import { dayKey } from '../core/time.ts';

/** A message as it stands in the list. */
export interface Row {
  message: MessageView;
  /** The first of a day: a line with the day stands above it. */
  opensDay: boolean;
  /** The first of a group by one sender: it shows avatar and name. */
  opensGroup: boolean;
}

const GROUP_MS = 5 * 60_000;

/** Messages by day, and those of one sender that follow each other within five minutes as one group. */
export const rowsOf = (messages: readonly MessageView[]): Row[] =>
  messages.map((message, index) => {
    const before = messages[index - 1];
    const opensDay = !before || dayKey(before.created_at) !== dayKey(message.created_at);
    return { message, opensDay, opensGroup: opensDay || !continues(before, message) };
  });

const isBubble = ({ recalled, type }: MessageView): boolean => !recalled && type !== 'system';

function continues(before: MessageView | undefined, message: MessageView): boolean {
  if (!before || before.from !== message.from || !isBubble(before) || !isBubble(message)) return false;
  return Date.parse(message.created_at) - Date.parse(before.created_at) <= GROUP_MS;
}
