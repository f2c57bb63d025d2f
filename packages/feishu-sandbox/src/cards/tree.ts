/** A card as it comes: JSON of unknown shape, looked at with care. */
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const tagOf = (element: Json): string => text(element.tag);

/** The elements directly inside this one, in the order in which they are seen. */
export function childrenOf(element: Json): Json[] {
  if (tagOf(element) === 'column_set') return objects(element.columns);
  const own = objects(element.elements);
  return tagOf(element) === 'checker' && isObject(element.button_area)
    ? [...own, ...objects(element.button_area.buttons)]
    : own;
}

export const bodyOf = (card: Json): Json[] => (isObject(card.body) ? objects(card.body.elements) : []);

export interface Placed {
  element: Json;
  /** The form around it, if any. */
  form: Json | null;
  parent: Json | null;
  /** 1 = directly under body; a column_set and its columns count as one level. */
  level: number;
}

/** All elements of a card, outer before inner. */
export function* walk(
  elements: Json[],
  form: Json | null = null,
  parent: Json | null = null,
  level = 1,
): Generator<Placed> {
  for (const element of elements) {
    yield { element, form, parent, level };
    yield* walk(
      childrenOf(element),
      tagOf(element) === 'form' ? element : form,
      element,
      tagOf(element) === 'column' ? level : level + 1,
    );
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

export const isSubmit = (element: Json): boolean =>
  tagOf(element) === 'button' && (element.form_action_type === 'submit' || element.action_type === 'form_submit');

export const isReset = (element: Json): boolean =>
  tagOf(element) === 'button' && (element.form_action_type === 'reset' || element.action_type === 'form_reset');

/** What the callback of this component carries as `action.value`. */
export function callbackValue(element: Json): unknown {
  const callback = objects(element.behaviors).find(({ type }) => type === 'callback');
  return callback ? callback.value : element.value;
}

export function openUrl(element: Json): string | null {
  const link = objects(element.behaviors).find(({ type }) => type === 'open_url');
  return link ? text(link.default_url) || text(link.pc_url) || null : null;
}
