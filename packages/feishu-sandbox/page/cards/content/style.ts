import { isObject, type Json, text } from '../../../src/cards/tree.ts';

/** How the JSON of a card says sizes, spaces and colours, as CSS. */
export type Style = Record<string, string>;
export interface Paint {
  class: string;
  style: Style;
}

/** Names for sizes and colours that a card defines for itself in `config.style`. */
export interface OwnStyles {
  sizes: Readonly<Record<string, string>>;
  colours: Readonly<Record<string, string>>;
}

const SIZES: Readonly<Record<string, string>> = {
  'heading-0': '30px',
  'heading-1': '24px',
  'heading-2': '20px',
  'heading-3': '18px',
  'heading-4': '16px',
  heading: '16px',
  normal: '14px',
  notation: '12px',
  'xxxx-large': '30px',
  'xxx-large': '24px',
  'xx-large': '20px',
  'x-large': '18px',
  large: '16px',
  medium: '14px',
  small: '12px',
  'x-small': '10px',
};
const SPACES: Readonly<Record<string, string>> = {
  default: '8px',
  small: '4px',
  medium: '8px',
  large: '12px',
  extra_large: '16px',
};
const HUES: ReadonlySet<string> = new Set(
  'blue wathet turquoise green lime yellow orange red carmine violet purple indigo grey neutral'.split(' '),
);
const LENGTH = /^(-?\d{1,3}(?:\.\d+)?)(?:px)?$/;
const LITERAL_COLOUR = /^(#[\da-f]{3,8}|rgba?\([\d\s.,%]+\))$/i;
const ACROSS: Readonly<Record<string, string>> = { left: 'flex-start', center: 'center', right: 'flex-end' };
const DOWN: Readonly<Record<string, string>> = { top: 'flex-start', center: 'center', bottom: 'flex-end' };

const colour = (value: unknown): string => (LITERAL_COLOUR.test(text(value)) ? text(value) : 'currentColor');

/** Reads `config.style` of a card. */
export function ownStyles(card: Json): OwnStyles {
  const style = isObject(card.config) && isObject(card.config.style) ? card.config.style : {};
  return {
    sizes: named(style.text_size, ({ pc, default: otherwise }) => SIZES[text(pc)] ?? SIZES[text(otherwise)] ?? '14px'),
    colours: named(style.color, (modes) => `light-dark(${colour(modes.light_mode)}, ${colour(modes.dark_mode)})`),
  };
}

function named(definitions: unknown, css: (definition: Json) => string): Record<string, string> {
  const all = Object.entries(isObject(definitions) ? definitions : {});
  return Object.fromEntries(all.flatMap(([name, one]) => (isObject(one) ? [[name, css(one)]] : [])));
}

/** "12px", "12", or a name such as "small". */
export function space(value: unknown): string | undefined {
  const [, pixels] = LENGTH.exec(text(value)) ?? [];
  return pixels === undefined ? SPACES[text(value)] : `${pixels}px`;
}

/** One to four lengths, as in CSS. */
export function spaces(value: unknown): string | undefined {
  const lengths = text(value).trim().split(/\s+/).map(space);
  return lengths.length <= 4 && !lengths.includes(undefined) ? lengths.join(' ') : undefined;
}

/** Only what is known gets into the style: an unknown value leaves the look of the class. */
export const known = (style: Readonly<Record<string, string | undefined>>): Style =>
  Object.fromEntries(Object.entries(style).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

export const marginOf = ({ margin }: Json): Style => known({ margin: spaces(margin) });

/** The tint of a colour such as "blue" or "blue-100"; '' = not one of the named colours. */
export function tintOf(value: unknown): string {
  const [hue = ''] = text(value).split('-');
  return HUES.has(hue) ? `tint-${hue}` : '';
}

const GREYS: ReadonlySet<string> = new Set(['tint-grey', 'tint-neutral']);

/** The colour of a text. */
export function textPaint(value: unknown, own: OwnStyles): Paint {
  const tint = tintOf(value);
  if (tint !== '') return { class: GREYS.has(tint) ? 'greyed' : `coloured ${tint}`, style: {} };
  return { class: '', style: known({ color: ownColour(value, own) }) };
}

/** The colour behind a text or container. */
export function ground(value: unknown, own: OwnStyles): Paint {
  const tint = tintOf(value);
  if (tint !== '') return { class: `filled ${tint}`, style: {} };
  const background = ownColour(value, own);
  return { class: background === undefined ? '' : 'filled', style: known({ background }) };
}

const ownColour = (value: unknown, own: OwnStyles): string | undefined =>
  own.colours[text(value)] ?? (LITERAL_COLOUR.test(text(value)) ? text(value) : undefined);

export const textSize = (value: unknown, own: OwnStyles): string | undefined =>
  own.sizes[text(value)] ?? SIZES[text(value)];

/** Size, alignment and number of lines of a text. */
export function textStyle({ text_size, text_align, lines }: Json, own: OwnStyles): Style {
  return known({
    'font-size': textSize(text_size, own),
    'text-align': text(text_align) in ACROSS ? text(text_align) : undefined,
    '--lines': typeof lines === 'number' && lines > 0 ? String(lines) : undefined,
  });
}

/** How a container (body, form, column, panel …) places its elements. */
export function boxStyle(box: Json): Style {
  const flows = box.direction === 'horizontal';
  const across = ACROSS[text(box.horizontal_align)];
  const down = DOWN[text(box.vertical_align)];
  return known({
    'row-gap': space(box.vertical_spacing),
    'column-gap': space(box.horizontal_spacing),
    padding: spaces(box.padding),
    'align-items': flows ? down : across === 'flex-start' ? undefined : across,
    'justify-content': flows ? across : down,
  });
}
