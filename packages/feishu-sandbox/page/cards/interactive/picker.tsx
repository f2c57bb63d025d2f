import { useRef } from 'preact/hooks';
import { tagOf, text } from '../../../src/cards/tree.ts';
import { IconButton } from '../../ui/icon.tsx';
import type { CardComponent } from '../element.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';

const TYPES: Readonly<Record<string, 'date' | 'time' | 'datetime-local'>> = {
  date_picker: 'date',
  picker_time: 'time',
  picker_datetime: 'datetime-local',
};

/** A date, a time, or both, by the browser's own picker. Cards write a blank between the two, browsers a T. */
export const Picker: CardComponent = ({ element }) => {
  const field = useField(element);
  const value = text(field.value);
  return (
    <FieldFrame element={element} field={field}>
      <div class={`date-field ${value === '' ? 'empty' : ''}`} data-placeholder={field.placeholder}>
        <input
          {...field.control}
          {...usePicking(field)}
          type={TYPES[tagOf(element)] ?? 'date'}
          value={value.replace(' ', 'T')}
          max={
            tagOf(element) === 'picker_time'
              ? undefined
              : tagOf(element) === 'date_picker'
                ? '9999-12-31'
                : '9999-12-31T23:59'
          }
        />
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
    if (field.inForm || picked === '' || picked === before.current) return;
    field.finish(picked, before.current);
    before.current = picked;
  };
  return {
    onFocus: (event: InputEvent) => {
      before.current = read(event);
    },
    onClick: ({ currentTarget }: InputEvent) => {
      // A picker may only be shown on a person's own click, and not every browser has one for every type.
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
