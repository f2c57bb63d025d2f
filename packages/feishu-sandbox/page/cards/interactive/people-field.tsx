import { useEffect, useState } from 'preact/hooks';
import { type Json, objects, tagOf, text } from '../../../src/cards/tree.ts';
import type { PersonView } from '../../core/sandbox.ts';
import { nameOf, personOf } from '../../core/state.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { PeopleList } from '../../ui/people-list.tsx';
import type { CardComponent } from '../element.tsx';
import { useCard } from '../scope.ts';
import { Chooser } from './chooser.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { strings, toggled } from './fields.ts';
import { holdFocus } from './focus.ts';

/** One person, or several: a button with whom was chosen, and a window with a list to search. */
export const PeopleField: CardComponent = ({ element }) => {
  const field = useField(element);
  const [close, setClose] = useState<(() => void) | null>(null);
  const ids = tagOf(element) === 'multi_select_person' ? strings(field.value) : [text(field.value)].filter(Boolean);
  const chosen = ids.map((id) => ({ key: id, label: nameOf(id) }));
  const open = (): void => {
    const bringFocusBack = holdFocus();
    setClose(() => () => {
      setClose(null);
      bringFocusBack();
    });
  };
  return (
    <FieldFrame element={element} field={field}>
      <Chooser field={field} icon="people" chosen={chosen} faces onClick={open} />
      {close && <Choice element={element} field={field} chosen={ids} onClose={close} />}
    </FieldFrame>
  );
};

interface ChoiceProps {
  element: Json;
  field: Field;
  chosen: readonly string[];
  onClose: () => void;
}

function Choice({ element, field, chosen, onClose }: ChoiceProps) {
  const candidates = useCandidates(element);
  const several = tagOf(element) === 'multi_select_person';
  useEffect(beginInSearch, []);
  const choose = ({ open_id }: PersonView): void => {
    if (several) {
      field.change(toggled(chosen, open_id));
      return;
    }
    field.finish(open_id);
    onClose();
  };
  const clear = (): void => {
    field.change(several ? [] : '');
    onClose();
  };
  return (
    <Dialog title={field.caption} onClose={onClose}>
      <PeopleList
        people={candidates}
        chosen={new Set(chosen.map((id) => personOf(id)?.key ?? id))}
        onChoose={choose}
        label={field.caption}
      />
      {(several || field.clearable) && (
        <footer>
          {field.clearable && chosen.length > 0 && (
            <button type="button" class="button" onClick={clear}>
              清空
            </button>
          )}
          {several && (
            <button type="button" class="button primary" onClick={onClose}>
              {`完成（${chosen.length}人）`}
            </button>
          )}
        </footer>
      )}
    </Dialog>
  );
}

/** Those whom the component lists, else everybody in the chat. */
function useCandidates(element: Json): readonly PersonView[] {
  const { people } = useCard();
  const listed = objects(element.options).flatMap(({ value }) => personOf(text(value)) ?? []);
  return listed.length > 0 ? listed : people;
}

/** The window is open by now. On a touch screen the keyboard would cover the list. */
function beginInSearch(): void {
  if (matchMedia('(hover: hover)').matches)
    document.querySelector<HTMLElement>('dialog[open] [type="search"]')?.focus();
}
