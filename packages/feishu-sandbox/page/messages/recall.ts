import { signal } from '@preact/signals';
import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';

/** Texts that were recalled in this window, by message: they can be edited and sent again. */
export const recalledTexts = signal<ReadonlyMap<string, string>>(new Map());

/** Takes a message back, as its sender. */
export async function recall({ message_id, from, text, type }: MessageView): Promise<void> {
  const worked = await attempt(() => sandbox.recall({ message_id, as: from }));
  if (worked && type === 'text') recalledTexts.value = new Map([...recalledTexts.value, [message_id, text]]);
}
