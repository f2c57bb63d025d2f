import type { CardAction } from '../cards/scope.ts';
import { attempt, type Clicked, type MessageView, sandbox } from '../core/sandbox.ts';
import { speakerKey } from '../core/state.ts';
import { say, type Toast } from '../core/toast.ts';
import { failureText } from './failure.ts';

const TOASTS: Readonly<Record<string, Toast['type']>> = {
  success: 'success',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/** The speaker uses a component of a card: sends it to the bot and shows the answer. True = the bot took it. */
export async function clickCard({ message_id }: MessageView, action: CardAction): Promise<boolean> {
  const as = speakerKey.value;
  let taken = false;
  if (as !== null)
    await attempt(async () => {
      const clicked = await sandbox.click({ ...action, message_id, as });
      taken = clicked.code === null;
      showAnswer(clicked);
    });
  return taken;
}

function showAnswer({ code, toast, url }: Clicked): void {
  if (code !== null) say('error', failureText(code));
  else if (toast) say(TOASTS[toast.type] ?? 'info', toast.content);
  if (url !== null && /^https?:\/\//i.test(url)) open(url, '_blank', 'noopener,noreferrer');
}
