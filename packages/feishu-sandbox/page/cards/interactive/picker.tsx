import { useRef } from 'preact/hooks';
import { tagOf, text } from '../../../src/cards/tree.ts';
import { IconButton } from '../../ui/icon.tsx';
import type { CardComponent } from '../element.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';

/** A date, a time, or both; the limits show that "26" is not yet a year, and that "20260" is none. */
const KINDS: Readonly<Record<string, { type: 'date' | 'time' | 'datetime-local'; min?: string; max?: string }>> = {
  date_picker: { type: 'date', min: '1900-01-01', max: '9999-12-31' },
  picker_time: { type: 'time' },
  picker_datetime: { type: 'datetime-local', min: '1900-01-01T00:00', max: '9999-12-31T23:59' },
};

/** The browser's own picker. Cards write a blank between date and time, browsers a T. */
export const Picker: CardComponent = ({ element }) => {
  const field = useField(element);
  const value = text(field.value);
  return (
    <FieldFrame element={element} field={field}>
      <div class={`date-field ${value === '' ? 'empty' : ''}`} data-placeholder={field.placeholder}>
        <input {...field.control} {...KINDS[tagOf(element)]} {...usePicking(field)} value={value.replace(' ', 'T')} />
        {field.clearable && value !== '' && !field.control.disabled && (
          <IconButton icon="close" label={`清空${field.caption}`} onClick={() => field.change('')} />
        )}
      </div>
    </FieldFrame>
  );
};

type InputEvent = Event & { currentTarget: HTMLInputElement };

/**
 * While somebody types a date, the browser reports each digit as a change ("2" is the year 2). So what is typed counts
 * as done on leaving the field or with Enter; what is picked counts at once.
 */
function usePicking(field: Field) {
  const typing = useRef(false);
  const before = useRef('');
  const read = ({ currentTarget }: InputEvent): string => currentTarget.value.replace('T', ' ');
  const finish = (event: InputEvent): void => {
    typing.current = false;
    const picked = read(event);
    if (picked === '' || picked === before.current || !event.currentTarget.validity.valid) return;
    field.finish(picked, before.current);
    before.current = picked;
  };
  return {
    onFocus: (event: InputEvent) => {
      before.current = read(event);
    },
    onClick: ({ currentTarget }: InputEvent) => {
      // A picker may be shown only on a person's own click, and not every browser has one for every type.
      if (currentTarget.value === '' && navigator.userActivation?.isActive) currentTarget.showPicker?.();
    },
    onInput: (event: InputEvent) => field.change(read(event)),
    onChange: (event: InputEvent) => {
      if (!typing.current) finish(event);
    },
    onBlur: finish,
    onKeyDown: (event: InputEvent & KeyboardEvent) => {
      typing.current = event.key !== 'Enter';
      if (event.key === 'Enter') finish(event);
    },
  };
}
