import { batch, signal } from '@preact/signals';
import { draft, place } from '../core/drafts.ts';
import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';
import { answered, chatKey, speakerKey } from '../core/state.ts';
import { say } from '../core/toast.ts';
import { type Attachment, detach, queue, reattach } from './attachments.ts';
import { putBack, typed } from './box.ts';
import { troubleOf } from './hearing.ts';

export interface Outgoing {
  place: string;
  chat: string;
  as: string;
  text: string;
  answers: MessageView | null;
  files: readonly Attachment[];
}

/** The last that was said from the box, until something new stands in it. */
export const lastSaid = signal<Outgoing | null>(null);

/** Says what stands in the box. It is emptied at once, so that a second Enter finds nothing; what fails comes back. */
export async function send(): Promise<void> {
  const message = take();
  if (message && !(await attempt(() => deliver(message)))) takeBack(message);
}

function take(): Outgoing | null {
  const [chat, as, text, files] = [chatKey.peek(), speakerKey.peek(), draft.peek().trim(), queue.peek()];
  if (chat === null || as === null || (text === '' && files.length === 0)) return null;
  const message = { place: place.peek(), chat, as, text, answers: answered.peek(), files };
  batch(() => {
    typed({ text: '', caret: 0 });
    detach(files.map(({ id }) => id));
    answered.value = null;
    lastSaid.value = message;
  });
  return message;
}

async function deliver({ chat, as, text, answers, files }: Outgoing): Promise<void> {
  const { messages } = await sandbox.say({
    chat,
    as,
    mention: false,
    text: text === '' ? undefined : text,
    reply_to: answers?.message_id,
    files: await Promise.all(files.map(encoded)),
  });
  const trouble = troubleOf(messages);
  if (trouble !== null) say('warning', trouble);
}

const encoded = async ({ name, content }: Attachment): Promise<{ name: string; base64: string }> => {
  const url = await content;
  return { name, base64: url.slice(url.indexOf(',') + 1) };
};

function takeBack({ place: where, text, answers, files }: Outgoing): void {
  batch(() => {
    lastSaid.value = null;
    reattach(files);
    putBack(where, text);
    if (where === place.peek() && answered.peek() === null) answered.value = answers;
  });
}
