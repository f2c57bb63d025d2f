import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ClickInput, MessageView, PersonView } from '../core/sandbox.ts';

/** What a person did with a component: how the sandbox finds it, and what was filled in or chosen. */
export type CardAction = Omit<ClickInput, 'message_id' | 'as'>;

/** What every component of a card may need of the place where the card is shown. */
export interface CardPlace {
  message: MessageView;
  /** Offered by a field for people that lists none: the members of the chat. */
  people: readonly PersonView[];
  /** Sends the action to the bot; resolves when the bot has answered or the client has given up. True = the bot took it. */
  use(action: CardAction): Promise<boolean>;
}

export const CardScope = createContext<CardPlace | null>(null);

export function useCard(): CardPlace {
  const place = useContext(CardScope);
  if (!place) throw new Error('a component outside a card');
  return place;
}
