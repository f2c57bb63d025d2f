import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Json, text } from '../../../src/cards/tree.ts';
import { Box } from '../content/box.tsx';
import { wordsOf } from '../content/text.tsx';
import { type CardComponent, Elements } from '../element.tsx';
import { collect, problemsOf, summaryOf } from './fields.ts';
import { isComposing } from './focus.ts';
import { FormScope, type FormState, useTyped } from './form-scope.ts';

/** Fields that are sent together by the form's submit button. */
export const Form: CardComponent = ({ element }) => {
  const box = useRef<HTMLFormElement>(null);
  const form = useForm(element, box);
  return (
    <FormScope.Provider value={form}>
      <form
        ref={box}
        name={text(element.name)}
        class="card-form"
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={letTextsSubmit}
      >
        <Box of={element}>
          <Elements elements={element.elements} />
        </Box>
        <p class="form-summary" role="alert">
          {summaryOf(element, form.problems, wordsOf)}
        </p>
      </form>
    </FormScope.Provider>
  );
};

function useForm(element: Json, box: RefObject<HTMLFormElement | null>): FormState {
  const typed = useTyped(text(element.name));
  const [problems, setProblems] = useState<Problems>({});
  return {
    ...typed,
    problems,
    type: (name, value) => {
      setProblems((all) => (name in all ? without(all, name) : all));
      typed.type(name, value);
    },
    forget: () => {
      setProblems({});
      typed.forget();
      // Half a date is known to the browser only.
      box.current?.reset();
    },
    check: () => {
      const found = problemsOf(element, typed.values(), halfTyped(box.current));
      setProblems(found);
      const [first] = Object.keys(found);
      if (first !== undefined) box.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
      return first === undefined;
    },
    collect: () => collect(element, typed.values()),
  };
}

type Problems = Readonly<Record<string, string>>;

const without = (problems: Problems, name: string): Problems =>
  Object.fromEntries(Object.entries(problems).filter(([field]) => field !== name));

/** Dates of which only a part is filled in: the browser reports them as empty, or as long ago. */
function halfTyped(form: HTMLFormElement | null): string[] {
  const inputs = [...(form?.elements ?? [])].filter((one) => one instanceof HTMLInputElement);
  return inputs.filter(({ validity }) => validity.badInput || validity.rangeUnderflow).map(({ name }) => name);
}

/** Enter in a line of text submits as everywhere; in a check box, a date or a search box it does not, nor while composing. */
function letTextsSubmit(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
  const isText = ['text', 'password'].includes(event.target.type);
  if (!isText || isComposing(event)) event.preventDefault();
}
