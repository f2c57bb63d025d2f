import { useRef } from 'preact/hooks';
import { inviteToType } from './box.ts';
import { DropZone } from './drop.tsx';
import { send } from './send.ts';
import { TextBox } from './text-box.tsx';
import { Tips } from './tips.tsx';
import { Toolbar } from './toolbar.tsx';
import { UnheardLine } from './unheard-line.tsx';
import { AnswerLine, Waiting } from './waiting.tsx';

/** Where the speaker writes to the open chat: words, files, answers, and sentences to try. */
export function Composer() {
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    void send();
    inviteToType();
  };
  return (
    <form ref={form} class="composer" aria-label="写消息" onSubmit={submit}>
      <Tips />
      <div class="composer-box">
        <AnswerLine />
        <Waiting />
        <TextBox />
        <Toolbar />
      </div>
      <UnheardLine />
      <DropZone inside={form} />
    </form>
  );
}
