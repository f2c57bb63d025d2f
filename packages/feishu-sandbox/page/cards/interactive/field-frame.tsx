import type { ComponentChildren } from 'preact';
import { type Json, text } from '../../../src/cards/tree.ts';
import { known, spaces } from '../content/style.ts';
import { wordsOf } from '../content/text.tsx';
import type { Field } from './field.ts';

/** "default", "fill" or pixels; nothing is wider than its card. */
export const widthClass = (element: Json): string => (element.width === 'fill' ? 'fill' : '');
export const widthStyle = (element: Json): Record<string, string> =>
  known({ width: /^\d+px$/.exec(text(element.width))?.[0], margin: spaces(element.margin) });

/** Why a component is disabled, or a hint; shown on hovering. */
export const tipOf = (element: Json): string | undefined =>
  (element.disabled === true && wordsOf(element.disabled_tips)) || wordsOf(element.hover_tips) || undefined;

/** Label, control and what is wrong with it. */
export function FieldFrame(props: { element: Json; field: Field; class?: string; children: ComponentChildren }) {
  const { element, field, children } = props;
  const label = wordsOf(element.label);
  return (
    <div
      class={`card-field ${props.class ?? ''} ${lookOf(element)}`}
      style={widthStyle(element)}
      title={tipOf(element)}
    >
      {label !== '' && (
        <label for={field.control.id}>
          {label}
          {field.control['aria-required'] && <Required />}
        </label>
      )}
      <div class="card-field-control">
        {children}
        <Problem field={field} />
      </div>
    </div>
  );
}

const lookOf = (element: Json): string =>
  [
    element.label_position === 'left' ? 'label-left' : '',
    element.type === 'text' ? 'borderless' : '',
    widthClass(element),
  ].join(' ');

/** The red star; that the field is required is said aloud by the control itself. */
export const Required = () => (
  <span class="required" aria-hidden="true">
    *
  </span>
);

export const Problem = ({ field: { problem, control } }: { field: Field }) =>
  problem === undefined ? null : (
    <p class="field-problem" id={`${control.id}-problem`}>
      {problem}
    </p>
  );
