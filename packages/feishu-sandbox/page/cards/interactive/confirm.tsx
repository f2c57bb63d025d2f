import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isObject } from '../../../src/cards/tree.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { wordsOf } from '../content/text.tsx';
import { holdFocus } from './focus.ts';

/** Asks what a component's `confirm` says. It is drawn outside the card, which may change meanwhile; nothing to ask = agreed. */
export function confirmed(question: unknown): Promise<boolean> {
  const { title, text } = isObject(question) ? question : {};
  if (wordsOf(title) + wordsOf(text) === '') return Promise.resolve(true);
  const bringFocusBack = holdFocus();
  const host = document.body.appendChild(document.createElement('div'));
  return new Promise((resolve) => {
    const answer = (agreed: boolean): void => {
      render(null, host);
      host.remove();
      bringFocusBack();
      resolve(agreed);
    };
    render(<Question title={wordsOf(title) || '请确认'} text={wordsOf(text)} onAnswer={answer} />, host);
  });
}

function Question(props: { title: string; text: string; onAnswer: (agreed: boolean) => void }) {
  const { title, text, onAnswer } = props;
  const agree = useRef<HTMLButtonElement>(null);
  useEffect(() => agree.current?.focus(), []);
  return (
    <Dialog title={title} class="confirm" onClose={() => onAnswer(false)}>
      <p>{text}</p>
      <footer>
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          取消
        </button>
        <button ref={agree} type="button" class="button primary" onClick={() => onAnswer(true)}>
          确定
        </button>
      </footer>
    </Dialog>
  );
}
