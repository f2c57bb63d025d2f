import { type Json, objects } from '../../../src/cards/tree.ts';
import { each } from './each.ts';
import { Glyph } from './glyph.tsx';
import { useLook } from './look.ts';
import { known, marginOf, space, textStyle } from './style.ts';
import { CardText, contentOf, Markdown } from './text.tsx';

/** `markdown`: the full text component, with an icon before it if given. */
export function MarkdownElement({ element }: { element: Json }) {
  const style = { ...textStyle(element, useLook()), ...marginOf(element) };
  return (
    <div class="with-icon" style={style}>
      <Glyph icon={element.icon} />
      <div class="markdown">
        <Markdown source={contentOf(element)} />
      </div>
    </div>
  );
}

/** `div`: one plain text, and fields that stand in pairs when they are short. */
export function Div({ element }: { element: Json }) {
  const fields = objects(element.fields);
  return (
    <div class="with-icon" style={{ ...known({ width: space(element.width) }), ...marginOf(element) }}>
      <Glyph icon={element.icon} />
      <div class="div-text">
        <CardText of={element.text} />
        {fields.length > 0 && (
          <div class="fields">
            {each(fields, (field) => (
              <CardText of={field.text} class={field.is_short === true ? 'short' : 'long'} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

export const Rule = ({ element }: { element: Json }) => <hr style={marginOf(element)} />;
