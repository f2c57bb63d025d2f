import { type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import type { Json } from '../../../src/cards/tree.ts';
import { speakerKey } from '../../core/state.ts';
import { useCard } from '../scope.ts';
import { type Draft, markSent, standing, takeBack, typeIn, untouched } from './draft.ts';
import type { Values } from './fields.ts';

/** Kept outside the components, so that scrolling a card out of sight loses nothing. */
const drafts = new Map<string, Signal<Draft>>();

function draftOf(key: string): Signal<Draft> {
  const known = drafts.get(key) ?? signal(untouched);
  drafts.set(key, known);
  return known;
}

/** What the speaker typed into a form of this card, or into one field that stands alone. */
export interface Typed {
  values(): Values;
  type(name: string, value: unknown): void;
  /** It goes to the bot now; what the bot did not take stays as it was typed. */
  hand(send: () => Promise<boolean>): Promise<void>;
  forget(): void;
}

export function useTyped(place: string): Typed {
  const { message } = useCard();
  const { version } = message;
  const key = `${speakerKey.value} ${message.message_id} ${place}`;
  const change = (next: (draft: Draft) => Draft): void => {
    const draft = draftOf(key);
    draft.value = next(draft.peek());
  };
  return {
    values: () => standing(draftOf(key).value, version),
    type: (name, value) => change((draft) => typeIn(draft, version, name, value)),
    hand: async (send) => {
      change((draft) => markSent(draft, version));
      if (!(await send())) change(takeBack);
    },
    forget: () => change(() => untouched),
  };
}

/** The form around a component. */
export interface FormState extends Typed {
  /** Field → what is wrong with it. */
  problems: Readonly<Record<string, string>>;
  /** Marks what is missing and goes there; true = it can be sent. */
  check(): boolean;
  /** All values, for the bot. */
  collect(): Json;
}

export const FormScope = createContext<FormState | null>(null);
