import { useComputed } from '@preact/signals';
import type { MessageView } from '../core/sandbox.ts';
import { nameOf } from '../core/state.ts';
import { leadTo, useLog } from './log.ts';

/** The message that this one answers, in one line; leads to it. In a topic everything answers the first message. */
export function Quote({ quote }: { quote: NonNullable<MessageView['quote']> }) {
  const log = useLog();
  const answered = useComputed(() => log.timeline.find(quote.message_id));
  const isFirst = useComputed(() => log.conversation.topic !== null && (answered.value?.thread ?? null) !== null).value;
  // An answer does not change when the answered message is recalled later.
  const isGone = useComputed(() => answered.value?.recalled ?? quote.recalled).value;
  if (isFirst) return null;
  return (
    <button type="button" class="quote" onClick={() => leadTo(log, quote.message_id)}>
      <span class="hidden">回复</span>
      {nameOf(quote.from)}：{isGone ? '消息已撤回' : quote.text.split('\n')[0]}
    </button>
  );
}
