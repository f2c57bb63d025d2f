import { useId, useRef } from 'preact/hooks';
import { type Json, objects, text } from '../../../src/cards/tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { wordsOf } from '../content/text.tsx';
import type { CardComponent } from '../element.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { strings, toggled } from './fields.ts';
import { Popover } from './popover.tsx';

/** Several of several options: a button with what is chosen, and a list to tick. */
export const MultiSelect: CardComponent = ({ element }) => {
  const field = useField(element);
  const button = useRef<HTMLButtonElement>(null);
  const list = useId();
  const chosen = strings(field.value);
  const labels = objects(element.options)
    .filter(({ value }) => chosen.includes(text(value)))
    .map((option) => wordsOf(option.text));
  return (
    <FieldFrame element={element} field={field} class={element.type === 'text' ? 'borderless' : ''}>
      <button
        {...field.control}
        ref={button}
        type="button"
        class="chooser"
        popovertarget={list}
        aria-haspopup="listbox"
        aria-label={`${field.caption}：${labels.join('、') || '未选'}`}
      >
        <Chips labels={labels} placeholder={field.placeholder} />
        <Icon name="down" />
      </button>
      <Popover id={list} button={button}>
        <Options options={objects(element.options)} chosen={chosen} field={field} />
      </Popover>
    </FieldFrame>
  );
};

const Chips = ({ labels, placeholder }: { labels: readonly string[]; placeholder: string }) =>
  labels.length === 0 ? (
    <span class="chooser-hint">{placeholder || '请选择'}</span>
  ) : (
    <span class="picked">
      {labels.map((label) => (
        <span key={label} class="picked-one">
          {label}
        </span>
      ))}
    </span>
  );

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
