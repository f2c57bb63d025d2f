import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { callbackValue, type Json, objects, text } from '../../../src/cards/tree.ts';
import { wordsOf } from '../content/text.tsx';
import { type CardAction, useCard } from '../scope.ts';
import { holdFocus } from './focus.ts';

/** How the control API finds a component: by its name, else by the value of its callback, else by what stands on it. */
export function handleOf(element: Json): CardAction {
  const name = text(element.name);
  if (name !== '') return { name };
  const value = callbackValue(element);
  return value === undefined ? { text: wordsOf(element.text) } : { value };
}

export const hasCallback = (element: Json): boolean =>
  element.value !== undefined || objects(element.behaviors).some(({ type }) => type === 'callback');

/** Cards whose bot has not answered yet: message → the component that asked. */
const waiting = signal<ReadonlyMap<string, symbol>>(new Map());

function note(message: string, asker: symbol | null): void {
  const others = [...waiting.peek()].filter(([id]) => id !== message);
  waiting.value = new Map(asker ? [...others, [message, asker]] : others);
}

export interface Bot {
  /** Something of this card waits for the bot: nothing else may be sent. */
  busy: boolean;
  /** It is this component that waits. */
  asked: boolean;
  /** True = the bot took it. */
  send(action: CardAction): Promise<boolean>;
}

/** The bot behind this card, as one component of it sees it. */
export function useBot(): Bot {
  const place = useCard();
  const { message_id: id } = place.message;
  const me = useMemo(() => Symbol('asker'), []);
  const asker = waiting.value.get(id);
  const send = async (action: CardAction): Promise<boolean> => {
    if (waiting.peek().has(id)) return false;
    const bringFocusBack = holdFocus();
    note(id, me);
    const taken = await place.use(action).finally(() => note(id, null));
    bringFocusBack();
    return taken;
  };
  return { busy: asker !== undefined, asked: asker === me, send };
}
