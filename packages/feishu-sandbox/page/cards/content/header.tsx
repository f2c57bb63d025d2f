import { type Json, objects } from '../../../src/cards/tree.ts';
import { each } from './each.ts';
import { Glyph } from './glyph.tsx';
import { known, spaces, tintOf } from './style.ts';
import { CardText, wordsOf } from './text.tsx';

/** Title, subtitle, at most three tags and an icon, on the colour of the card's template. */
export function CardHeader({ header }: { header: Json }) {
  const { template } = header;
  return (
    <header class={`card-header ${tintOf(template)}`} style={known({ padding: spaces(header.padding) })}>
      <Glyph icon={header.icon} />
      <div class="card-titles">
        <div class="card-title-line">
          <h2>
            <CardText of={header.title} />
          </h2>
          {each(objects(header.text_tag_list).slice(0, 3), (tag) => (
            <span class={`tag ${tintOf(tag.color) || 'tint-neutral'}`}>
              <CardText of={tag.text} />
            </span>
          ))}
        </div>
        {wordsOf(header.subtitle) !== '' && (
          <p>
            <CardText of={header.subtitle} />
          </p>
        )}
      </div>
    </header>
  );
}
