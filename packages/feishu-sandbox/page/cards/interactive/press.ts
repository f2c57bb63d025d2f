import { useContext } from 'preact/hooks';
import { isReset, isSubmit, type Json, openUrl } from '../../../src/cards/tree.ts';
import { say } from '../../core/toast.ts';
import { wordsOf } from '../content/text.tsx';
import { deviceUrl, webUrl } from '../content/url.ts';
import { handleOf, hasCallback, useBot } from './bot.ts';
import { confirmed } from './confirm.tsx';
import { FormScope } from './form-scope.ts';

export interface Press {
  blocked: boolean;
  /** The bot has been asked by this component and has not answered yet. */
  asked: boolean;
  /** Shown on hovering: why it cannot be pressed, a hint, or the page that it opens. */
  title: string | undefined;
  run: () => void;
}

/** What happens when a button or a click area is pressed. */
export function usePress(element: Json): Press {
  const form = useContext(FormScope);
  const bot = useBot();
  const url = linkOf(element);
  const submits = form !== null && isSubmit(element);
  const disabled = element.disabled === true;
  const act = async (): Promise<void> => {
    if (isReset(element)) return form?.forget();
    if (submits && !form.check()) return;
    if (!(await confirmed(element.confirm))) return;
    if (url !== null) window.open(url, '_blank', 'noopener');
    if (submits) await form.hand(() => bot.send({ ...handleOf(element), form_value: form.collect() }));
    else if (url === null || hasCallback(element)) await bot.send(handleOf(element));
  };
  return {
    blocked: disabled || bot.busy,
    asked: bot.asked,
    title: (disabled && wordsOf(element.disabled_tips)) || wordsOf(element.hover_tips) || url || undefined,
    run: () => {
      if (disabled) sayWhy(element);
      else if (!bot.busy) void act();
    },
  };
}

/** The page that it opens: by a behaviour, or by the older properties. */
const linkOf = (element: Json): string | null =>
  webUrl(openUrl(element)) ?? deviceUrl(element.multi_url) ?? webUrl(element.url);

function sayWhy(element: Json): void {
  const why = wordsOf(element.disabled_tips);
  if (why !== '') say('info', why);
}
