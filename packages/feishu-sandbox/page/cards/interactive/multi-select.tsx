import { useId, useRef } from 'preact/hooks';
import { type Json, objects, text } from '../../../src/cards/tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { wordsOf } from '../content/text.tsx';
import type { CardComponent } from '../element.tsx';
import { Chooser } from './chooser.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { strings, toggled } from './fields.ts';
import { Popover } from './popover.tsx';

/** Several of several options: a button with what is chosen, and a list to tick. */
export const MultiSelect: CardComponent = ({ element }) => {
  const field = useField(element);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const values = strings(field.value);
  const chosen = objects(element.options)
    .filter(({ value }) => values.includes(text(value)))
    .map((option) => ({ key: text(option.value), label: wordsOf(option.text) }));
  return (
    <FieldFrame element={element} field={field}>
      <Chooser field={field} icon="down" chosen={chosen} button={button} popovertarget={list} />
      <Popover id={list} button={button}>
        <Options options={objects(element.options)} chosen={values} field={field} />
      </Popover>
    </FieldFrame>
  );
};

function Options({ options, chosen, field }: { options: Json[]; chosen: readonly string[]; field: Field }) {
  const toggle = (value: string): void => field.change(toggled(chosen, value));
  return (
    <div role="listbox" aria-multiselectable="true" aria-label={field.caption}>
      {options.map((option) => (
        <Option key={text(option.value)} option={option} chosen={chosen} onToggle={toggle} />
      ))}
    </div>
  );
}

function Option(props: { option: Json; chosen: readonly string[]; onToggle: (value: string) => void }) {
  const { option, chosen, onToggle } = props;
  const value = text(option.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    onToggle(value);
  };
  return (
    <div
      role="option"
      data-item
      tabIndex={-1}
      aria-selected={chosen.includes(value)}
      onClick={() => onToggle(value)}
      onKeyDown={onKeyDown}
    >
      <span class="tick">
        <Icon name="check" />
      </span>
      {wordsOf(option.text)}
    </div>
  );
}
