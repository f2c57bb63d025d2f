import { useContext, useId } from 'preact/hooks';
import { type Json, tagOf, text } from '../../../src/cards/tree.ts';
import { wordsOf } from '../content/text.tsx';
import { handleOf, hasCallback, useBot } from './bot.ts';
import { confirmed } from './confirm.tsx';
import { captionOf, valueOf } from './fields.ts';
import { FormScope, type Typed, useTyped } from './form-scope.ts';

/** What the native control of a field carries. */
interface Control {
  id: string;
  name: string;
  disabled: boolean;
  'aria-label': string | undefined;
  'aria-required': boolean;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A field as its component sees it, in a form or alone. */
export interface Field {
  value: unknown;
  caption: string;
  /** What stands in it while it is empty; a field without a label shows here that it is required. */
  placeholder: string;
  problem: string | undefined;
  /** Nothing has to be chosen, and there is a form to send that with. */
  clearable: boolean;
  inForm: boolean;
  control: Control;
  /** It holds this now. */
  change(value: unknown): void;
  /** It holds this, and a person is done with it: alone, it goes to the bot; `instead` comes back if that is called off. */
  finish(value: unknown, instead?: unknown): void;
}

export function useField(element: Json): Field {
  const form = useContext(FormScope);
  const id = useId();
  const name = text(element.name) || text(element.element_id) || JSON.stringify(handleOf(element));
  const alone = useAlone(element, name);
  const typed = form ?? alone.typed;
  const value = valueOf(element, name, typed.values());
  const required = element.required === true && form !== null;
  const caption = captionOf(element, wordsOf);
  const labelled = wordsOf(element.label) !== '';
  const problem = form?.problems[name];
  return {
    value,
    caption,
    placeholder: `${wordsOf(element.placeholder)}${required && !labelled ? ' *' : ''}`.trim(),
    problem,
    clearable: form !== null && !required,
    inForm: form !== null,
    control: {
      id,
      name,
      disabled: element.disabled === true || (form === null && alone.busy),
      'aria-label': labelled ? undefined : caption,
      'aria-required': required,
      'aria-invalid': problem !== undefined,
      'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
    },
    change: (next) => typed.type(name, next),
    finish: (next, instead = value) => {
      typed.type(name, next);
      if (form === null) void alone.send(next, instead);
    },
  };
}

interface Alone {
  typed: Typed;
  busy: boolean;
  send(value: unknown, instead: unknown): Promise<void>;
}

/** A field outside a form reports each change by itself; a check box only if it has a behaviour. */
function useAlone(element: Json, name: string): Alone {
  const typed = useTyped(`alone ${name}`);
  const bot = useBot();
  const reports = tagOf(element) !== 'checker' || hasCallback(element);
  const send = async (option: unknown, instead: unknown): Promise<void> => {
    if (!reports || (typeof option !== 'string' && typeof option !== 'boolean')) return;
    if (!(await confirmed(element.confirm))) return typed.type(name, instead);
    await typed.hand(() => bot.send({ ...handleOf(element), option }));
  };
  return { typed, busy: bot.busy, send };
}
