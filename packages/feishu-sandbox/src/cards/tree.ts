/** A card as it comes: JSON of unknown shape, looked at with care. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const tagOf = (element: Json): string => text(element.tag);

/** Where this element holds others: the way to the list, and the list. */
function slotsOf(element: Json): [string, Json[]][] {
  if (tagOf(element) === 'column_set') return [['columns', objects(element.columns)]];
  const own: [string, Json[]] = ['elements', objects(element.elements)];
  return tagOf(element) === 'checker' && isObject(element.button_area)
    ? [own, ['button_area -> buttons', objects(element.button_area.buttons)]]
    : [own];
}

/** The elements directly inside this one, in the order in which they are seen. */
export const childrenOf = (element: Json): Json[] => slotsOf(element).flatMap(([, inner]) => inner);

export const bodyOf = (card: Json): Json[] => (isObject(card.body) ? objects(card.body.elements) : []);

export interface Placed {
  element: Json;
  /** The form around it, if any. */
  form: Json | null;
  parent: Json | null;
  /** 1 = directly under body; a column_set and its columns count as one level. */
  level: number;
  /** The way to it from the root of the card. */
  path: string;
}

type Around = Pick<Placed, 'form' | 'parent' | 'level' | 'path'>;
const IN_BODY: Around = { form: null, parent: null, level: 1, path: 'ROOT -> body -> elements' };

/** All elements of a card, outer before inner. */
export function* walk(elements: Json[], around: Around = IN_BODY): Generator<Placed> {
  for (const [index, element] of elements.entries()) {
    const tag = tagOf(element);
    const path = `${around.path} -> [${index}](tag: ${tag})`;
    yield { element, ...around, path };
    const level = tag === 'column' ? around.level : around.level + 1;
    const inside = { form: tag === 'form' ? element : around.form, parent: element, level };
    for (const [slot, inner] of slotsOf(element)) yield* walk(inner, { ...inside, path: `${path} -> ${slot}` });
  }
}

export function parseCard(content: string): Json | null {
  try {
    const card: unknown = JSON.parse(content);
    return isObject(card) ? card : null;
  } catch {
    return null;
  }
}

export const FORM_FIELDS: ReadonlySet<string> = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'select_img',
]);

export const INTERACTIVE: ReadonlySet<string> = new Set([
  ...FORM_FIELDS,
  'button',
  'overflow',
  'interactive_container',
]);

/** What a button does with the form around it; there is a property for it, an older one, and a behaviour. */
function formAction(element: Json): unknown {
  if (tagOf(element) !== 'button') return undefined;
  const behavior = objects(element.behaviors).find(({ type }) => type === 'form_action')?.behavior;
  return element.form_action_type ?? behavior ?? /^form_(submit|reset)$/.exec(text(element.action_type))?.[1];
}

export const isSubmit = (element: Json): boolean => formAction(element) === 'submit';
export const isReset = (element: Json): boolean => formAction(element) === 'reset';

/** What the callback of this component carries as `action.value`. */
export function callbackValue(element: Json): unknown {
  const callback = objects(element.behaviors).find(({ type }) => type === 'callback');
  return callback ? callback.value : element.value;
}

export function openUrl(element: Json): string | null {
  const link = objects(element.behaviors).find(({ type }) => type === 'open_url');
  return link ? text(link.default_url) || text(link.pc_url) || null : null;
}
