import { isObject, type Json, objects } from '../../../src/cards/tree.ts';
import { known, spaces } from '../content/style.ts';
import { CardText } from '../content/text.tsx';
import { type CardComponent, Elements } from '../element.tsx';
import { useField } from './field.ts';
import { Problem, Required, tipOf } from './field-frame.tsx';

/** Something to tick, with buttons beside it. */
export const Checker: CardComponent = ({ element }) => {
  const field = useField(element);
  const checked = field.value === true;
  const { 'aria-label': _, 'aria-required': required, ...control } = field.control;
  return (
    <div
      class={`checker ${element.overall_checkable === false ? '' : 'whole'} ${checked ? 'checked' : ''}`}
      style={known({ margin: spaces(element.margin), padding: spaces(element.padding) })}
      title={tipOf(element)}
    >
      <div class="checker-row">
        <label class="checker-label">
          <input
            {...control}
            type="checkbox"
            checked={checked}
            onChange={(event) => field.finish(event.currentTarget.checked)}
          />
          <span class="checker-text" style={checked ? checkedStyle(element) : {}}>
            <CardText of={element.text} />
          </span>
          {required && <Required />}
        </label>
        <Buttons area={element.button_area} />
      </div>
      <Problem field={field} />
    </div>
  );
};

/** How the text looks once it is ticked. */
function checkedStyle({ checked_style: style }: Json): Record<string, string> {
  if (!isObject(style)) return {};
  return known({
    'text-decoration': style.show_strikethrough === true ? 'line-through' : undefined,
    opacity: typeof style.opacity === 'number' ? String(style.opacity) : undefined,
  });
}

const Buttons = ({ area }: { area: unknown }) =>
  isObject(area) && objects(area.buttons).length > 0 ? (
    <div class={`checker-buttons ${area.pc_display_rule === 'on_hover' ? 'on-hover' : ''}`}>
      <Elements elements={area.buttons} />
    </div>
  ) : null;
