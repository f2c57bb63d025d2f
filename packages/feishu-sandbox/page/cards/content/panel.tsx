import { isObject, type Json, text } from '../../../src/cards/tree.ts';
import { Elements } from '../element.tsx';
import { Box } from './box.tsx';
import { Glyph } from './glyph.tsx';
import { useLook } from './look.ts';
import { ground, known, marginOf, type Style, space, spaces, tintOf } from './style.ts';
import { CardText } from './text.tsx';

const POSITIONS: ReadonlySet<string> = new Set(['left', 'right', 'follow_text']);
const DOWN = { tag: 'standard_icon', token: 'down_outlined' };

/** `collapsible_panel`: whether it is open at first is the bot's choice, afterwards the reader's. */
export function Panel({ element }: { element: Json }) {
  const look = useLook();
  const header = isObject(element.header) ? element.header : {};
  const border = isObject(element.border) ? element.border : null;
  const back = ground(element.background_color, look);
  const edge = border ? `bordered ${tintOf(border.color)}` : '';
  const style = { ...marginOf(element), ...back.style, ...known({ 'border-radius': space(border?.corner_radius) }) };
  return (
    <details class={`panel ${edge} ${back.class}`} style={style} open={element.expanded === true}>
      <PanelHeader header={header} />
      <Box of={element} class="panel-body">
        <Elements elements={element.elements} />
      </Box>
    </details>
  );
}

function PanelHeader({ header }: { header: Json }) {
  const back = ground(header.background_color, useLook());
  const place = POSITIONS.has(text(header.icon_position)) ? text(header.icon_position) : 'right';
  const angle = typeof header.icon_expanded_angle === 'number' ? header.icon_expanded_angle : 180;
  const style: Style = { ...back.style, ...known({ padding: spaces(header.padding) }), '--turn': `${angle}deg` };
  const width = header.width === 'auto' || header.width === 'auto_when_fold' ? header.width : 'fill';
  return (
    <summary class={`icon-${place} width-${width} ${back.class}`} style={style}>
      <CardText of={header.title} />
      <span class="turning">
        <Glyph icon={header.icon ?? DOWN} />
      </span>
    </summary>
  );
}
