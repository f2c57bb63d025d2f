import { type Json, objects, text } from '../../../src/cards/tree.ts';
import { Elements } from '../element.tsx';
import { Box } from './box.tsx';
import { each } from './each.ts';
import { Covered } from './link.tsx';
import { useLook } from './look.ts';
import { ground, known, marginOf, type Style, space } from './style.ts';

const FLEX: ReadonlySet<string> = new Set(['none', 'stretch', 'flow', 'bisect', 'trisect']);

/** `column_set`: columns side by side; `flex_mode` says what becomes of them in a narrow card. */
export function ColumnSet({ element }: { element: Json }) {
  const back = ground(element.background_style, useLook());
  const mode = FLEX.has(text(element.flex_mode)) ? text(element.flex_mode) : 'none';
  const style = {
    ...marginOf(element),
    ...back.style,
    ...known({
      'column-gap': space(element.horizontal_spacing),
      'justify-content': text(element.horizontal_align) || undefined,
    }),
  };
  return (
    <Covered action={element.action} class={`column-set ${mode} ${back.class}`} style={style}>
      {each(objects(element.columns), (column) => (
        <Column column={column} />
      ))}
    </Covered>
  );
}

/** A column as wide as its share, its content, or a number of pixels. */
function widthOf({ width, weight }: Json): Style {
  const pixels = /^\d+px$/.test(text(width)) ? text(width) : null;
  if (pixels !== null) return { '--flex': `0 1 ${pixels}` };
  if (width === 'weighted') return { '--flex': `${typeof weight === 'number' ? weight : 1} 1 0` };
  return { '--flex': width === 'fill' ? '1 1 0' : '0 1 auto' };
}

function Column({ column }: { column: Json }) {
  const back = ground(column.background_style, useLook());
  const style = { ...widthOf(column), ...back.style, ...marginOf(column) };
  return (
    <Covered action={column.action} class={`column ${back.class}`} style={style}>
      <Box of={column}>
        <Elements elements={column.elements} />
      </Box>
    </Covered>
  );
}
