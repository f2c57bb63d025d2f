import { type Json, text } from '../../../src/cards/tree.ts';
import { Icon, IconButton } from '../../ui/icon.tsx';
import type { CardComponent } from '../element.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { initialText, roomLeft } from './fields.ts';
import { isComposing } from './focus.ts';

/** A text: one line, several, or a password. Alone, it is sent by Enter or by the ✓ beside it. */
export const Input: CardComponent = ({ element }) => {
  const field = useField(element);
  const written = text(field.value);
  const room = roomLeft(written, element.max_length);
  const Control = element.input_type === 'multiline_text' ? Lines : Line;
  return (
    <FieldFrame element={element} field={field} class="text-field">
      <div class="with-button">
        <Control element={element} field={field} written={written} />
        {!field.inForm && (
          <IconButton
            icon="check"
            label={`提交${field.caption}`}
            disabled={field.control.disabled || !worthSending(element, written)}
            onClick={() => field.finish(written)}
          />
        )}
      </div>
      {room !== '' && <small class="room-left">{room}</small>}
    </FieldFrame>
  );
};

/** Nothing is sent by accident, but what stood there before can be taken out. */
const worthSending = (element: Json, written: string): boolean => written !== '' || initialText(element) !== '';

interface ControlProps {
  element: Json;
  field: Field;
  written: string;
}

const common = ({ element, field, written }: ControlProps) => ({
  ...field.control,
  value: written,
  placeholder: field.placeholder,
  maxLength: typeof element.max_length === 'number' ? element.max_length : 1000,
  autocomplete: 'off' as const,
});

function Line(props: ControlProps) {
  const { element, field, written } = props;
  const secret = element.input_type === 'password';
  const send = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || field.inForm || isComposing(event)) return;
    if (worthSending(element, written)) field.finish(written);
  };
  const typing = {
    ...common(props),
    enterkeyhint: field.inForm ? ('done' as const) : ('send' as const),
    onInput: ({ currentTarget }: Event & { currentTarget: HTMLInputElement }) => field.change(currentTarget.value),
    onKeyDown: send,
  };
  return (
    <>
      {secret && element.show_icon !== false && <Icon name="lock" />}
      {secret ? <input {...typing} type="password" /> : <input {...typing} type="text" />}
    </>
  );
}

const DEFAULT_ROWS = 5;
const MANY_ROWS = 20;
const rows = (value: unknown): number | undefined =>
  typeof value === 'number' ? Math.max(1, Math.round(value)) : undefined;

function Lines(props: ControlProps) {
  const { element, field, written } = props;
  const shown = rows(element.rows) ?? DEFAULT_ROWS;
  const send = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !field.inForm) field.finish(written);
  };
  return (
    <textarea
      {...common(props)}
      class={element.auto_resize === true ? 'grows' : ''}
      style={{ '--rows': shown, '--most-rows': rows(element.max_rows) ?? MANY_ROWS }}
      rows={shown}
      onInput={(event) => field.change(event.currentTarget.value)}
      onKeyDown={send}
    />
  );
}
