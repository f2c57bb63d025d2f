import { type Json, text } from '../../../src/cards/tree.ts';
import { cardLines } from '../../../src/cards/view.ts';
import { nameOf } from '../../core/state.ts';
import { Box } from '../content/box.tsx';
import { useLook } from '../content/look.ts';
import { ground, known, type OwnStyles, type Style, spaces, tintOf } from '../content/style.ts';
import { type CardComponent, Elements } from '../element.tsx';
import { usePress } from './press.ts';

/**
 * An area that is one big button. The button lies under its content as a sibling, not around it, because components
 * inside it are buttons of their own.
 */
export const InteractiveContainer: CardComponent = ({ element }) => {
  const press = usePress(element);
  const look = useLook();
  const filled = ground(element.background_style, look);
  const off = element.disabled === true ? 'off' : '';
  const edged = element.has_border === true ? `edged ${tintOf(element.border_color)}` : '';
  const words = cardLines({ body: { elements: element.elements } }, nameOf).join(' ');
  const laser = element.background_style === 'laser' ? 'laser tint-purple' : '';
  return (
    <div class={`click-area ${edged} ${off} ${element.width === 'auto' ? 'auto' : ''}`} style={sizes(element, look)}>
      <button
        type="button"
        class="press"
        aria-label={words || '打开'}
        aria-disabled={press.blocked}
        aria-busy={press.asked}
        title={press.title}
        onClick={press.run}
      />
      <Box of={element} class={`click-content ${laser} ${filled.class}`} style={filled.style}>
        <Elements elements={element.elements} />
      </Box>
      {press.asked && <span class="spinner" />}
    </div>
  );
};

const sizes = (element: Json, look: OwnStyles): Style =>
  known({
    'border-color': ground(element.border_color, look).style.background,
    width: /^\d+px$/.exec(text(element.width))?.[0],
    height: /^\d+px$/.exec(text(element.height))?.[0],
    'border-radius': /^\d+(px|%)$/.exec(text(element.corner_radius))?.[0],
    margin: spaces(element.margin),
  });
