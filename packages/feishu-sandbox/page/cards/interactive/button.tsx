import { isSubmit, type Json, text } from '../../../src/cards/tree.ts';
import { Glyph } from '../content/glyph.tsx';
import { wordsOf } from '../content/text.tsx';
import type { CardComponent } from '../element.tsx';
import { widthClass, widthStyle } from './field-frame.tsx';
import { usePress } from './press.ts';

/** A button. While the bot is being asked it turns; meanwhile no button of the card can be pressed. */
export const CardButton: CardComponent = ({ element }) => {
  const press = usePress(element);
  const label = wordsOf(element.text);
  return (
    <button
      type={isSubmit(element) ? 'submit' : 'button'}
      class={`card-button ${lookOf(element)} ${widthClass(element)}`}
      style={widthStyle(element)}
      title={press.title}
      aria-label={label === '' ? (press.title ?? '按钮') : undefined}
      aria-disabled={press.blocked}
      aria-busy={press.asked}
      onClick={press.run}
    >
      {press.asked ? <span class="spinner" /> : <Glyph icon={element.icon} />}
      {label}
    </button>
  );
};

/** The purple is for the second colour of `laser`. */
const lookOf = ({ type, size }: Json): string =>
  `tint-purple type-${text(type) || 'default'} size-${text(size) || 'medium'}`;
