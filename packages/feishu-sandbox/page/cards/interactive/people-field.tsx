import { useState } from 'preact/hooks';
import { type Json, objects, tagOf, text } from '../../../src/cards/tree.ts';
import type { PersonView } from '../../core/sandbox.ts';
import { nameOf, personOf } from '../../core/state.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PeopleList } from '../../ui/people-list.tsx';
import type { CardComponent } from '../element.tsx';
import { useCard } from '../scope.ts';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { strings, toggled } from './fields.ts';
import { holdFocus } from './focus.ts';

/** One person, or several: a button with whom was chosen, and a window with a list to search. */
export const PeopleField: CardComponent = ({ element }) => {
  const field = useField(element);
  const [close, setClose] = useState<(() => void) | null>(null);
  const chosen = tagOf(element) === 'multi_select_person' ? strings(field.value) : [text(field.value)].filter(Boolean);
  const open = (): void => {
    const bringFocusBack = holdFocus();
    setClose(() => () => {
      setClose(null);
      bringFocusBack();
    });
  };
  return (
    <FieldFrame element={element} field={field} class={element.type === 'text' ? 'borderless' : ''}>
      <button
        {...field.control}
        type="button"
        class="chooser"
        aria-haspopup="dialog"
        aria-label={`${field.caption}：${chosen.map(nameOf).join('、') || '未选'}`}
        onClick={open}
      >
        <Faces people={chosen} placeholder={field.placeholder} />
        <Icon name="people" />
      </button>
      {close && <Choice element={element} field={field} chosen={chosen} onClose={close} />}
    </FieldFrame>
  );
};

const Faces = ({ people, placeholder }: { people: readonly string[]; placeholder: string }) =>
  people.length === 0 ? (
    <span class="chooser-hint">{placeholder || '请选择'}</span>
  ) : (
    <span class="picked">
      {people.map((id) => (
        <span key={id} class="picked-one face">
          <Avatar id={id} size="small" />
          {nameOf(id)}
        </span>
      ))}
    </span>
  );

interface ChoiceProps {
  element: Json;
  field: Field;
  chosen: readonly string[];
  onClose: () => void;
}

function Choice({ element, field, chosen, onClose }: ChoiceProps) {
  const candidates = useCandidates(element);
  const several = tagOf(element) === 'multi_select_person';
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
