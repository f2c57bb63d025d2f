import {
  bodyOf,
  FORM_FIELDS,
  INTERACTIVE,
  isObject,
  isSubmit,
  type Json,
  objects,
  type Placed,
  parseCard,
  tagOf,
  text,
  walk,
} from './tree.ts';

export interface CardFault {
  code: number;
  message: string;
}

export const CARD_BYTES = 30 * 1024;
const MAX_ELEMENTS = 200;
const MAX_TABLES = 5;
/** Five levels of containers; a column_set and its columns count as one. */
const MAX_NESTING = 5;
const CONTAINERS: ReadonlySet<string> = new Set(['column_set', 'form', 'collapsible_panel', 'interactive_container']);
const KNOWN: ReadonlySet<string> = new Set([
  ...INTERACTIVE,
  ...CONTAINERS,
  'markdown',
  'div',
  'table',
  'chart',
  'img',
  'img_combination',
  'hr',
  'person',
  'person_list',
]);
const TEXT_TAGS: ReadonlySet<unknown> = new Set(['plain_text', 'lark_md']);

const fault = (code: number, message: string): CardFault => ({ code, message });

/** The first thing wrong with a card (JSON 2.0), or null. The real renderer is stricter, and only partly documented. */
export function lintCard(content: string): CardFault | null {
  const card = parseCard(content);
  if (!card) return fault(200621, 'the card is not a JSON object');
  if (card.type === 'template' || card.type === 'card')
    return fault(200380, `cards of type ${card.type} do not exist here`);
  if (card.schema !== '2.0') return fault(200621, 'schema is not "2.0"');
  const placed = [...walk(bodyOf(card))];
  const checks = [() => lintRoot(card), () => lintHeader(card.header), () => lintTree(placed), () => lintForms(placed)];
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return lintEach(placed);
}

function lintRoot(card: Json): CardFault | null {
  if (card.elements !== undefined || card.i18n_elements !== undefined) {
    return fault(200861, 'elements at the root exist in 1.0 only');
  }
  if (card.body !== undefined && !isObject(card.body)) return fault(200621, 'body is not an object');
  const elements = isObject(card.body) ? card.body.elements : [];
  if (!Array.isArray(elements) || elements.some((element) => !isObject(element))) {
    return fault(200621, 'body.elements is not a list of objects');
  }
  const multi = isObject(card.config) ? card.config.update_multi : true;
  return multi === false ? fault(200621, 'config.update_multi can only be true') : null;
}

function lintHeader(header: unknown): CardFault | null {
  if (header === undefined) return null;
  if (!isObject(header)) return fault(200621, 'header is not an object');
  if (!isText(header.title)) return fault(200621, 'header.title is missing');
  const tags = header.text_tag_list === undefined ? [] : header.text_tag_list;
  if (!Array.isArray(tags) || tags.length > 3) return fault(200621, 'header.text_tag_list has more than 3 entries');
  return null;
}

const isText = (value: unknown): boolean =>
  isObject(value) && TEXT_TAGS.has(value.tag) && typeof value.content === 'string';

function lintTree(placed: Placed[]): CardFault | null {
  if (placed.length > MAX_ELEMENTS) return fault(11310, `${placed.length} elements, at most ${MAX_ELEMENTS}`);
  const tables = placed.filter(({ element }) => tagOf(element) === 'table').length;
  if (tables > MAX_TABLES) return fault(11310, `${tables} tables, at most ${MAX_TABLES}`);
  const ids = new Set<string>();
  for (const { element, parent, level } of placed) {
    const found = lintPlace(element, parent, level) ?? lintElementId(element, ids);
    if (found) return found;
  }
  return null;
}

function lintPlace(element: Json, parent: Json | null, levels: number): CardFault | null {
  const tag = tagOf(element);
  const inColumns = parent !== null && tagOf(parent) === 'column_set';
  if (inColumns !== (tag === 'column') || (tag !== 'column' && !KNOWN.has(tag))) {
    return fault(200861, `unsupported tag ${JSON.stringify(element.tag ?? null)} in schema 2.0`);
  }
  if ((tag === 'table' || tag === 'form') && parent !== null) {
    return fault(200621, `${tag} is allowed directly under body only`);
  }
  return CONTAINERS.has(tag) && levels > MAX_NESTING ? fault(11310, 'containers are nested too deeply') : null;
}

function lintElementId(element: Json, ids: Set<string>): CardFault | null {
  const id = element.element_id;
  if (id === undefined) return null;
  if (typeof id !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(id))
    return fault(200621, `element_id ${String(id)} is malformed`);
  if (ids.has(id)) return fault(200621, `element_id ${id} occurs twice`);
  ids.add(id);
  return null;
}

function lintForms(placed: Placed[]): CardFault | null {
  const names = new Set<string>();
  for (const { element, form } of placed) {
    if (tagOf(element) === 'form' || (form !== null && INTERACTIVE.has(tagOf(element)))) {
      const name = text(element.name);
      if (name === '') return fault(200530, `${tagOf(element)} in a form has no name`);
      if (names.has(name)) return fault(200530, `the name ${name} occurs twice`);
      names.add(name);
    }
    if (tagOf(element) === 'form' && !placed.some((other) => other.form === element && isSubmit(other.element))) {
      return fault(200530, `form ${text(element.name)} has no submit button`);
    }
    if (form === null && tagOf(element).startsWith('multi_select')) {
      return fault(200621, `${tagOf(element)} is allowed in a form only`);
    }
    if (form === null && isSubmit(element)) return fault(200621, 'a submit button outside a form');
  }
  return null;
}

function lintEach(placed: Placed[]): CardFault | null {
  for (const { element } of placed) {
    const found = lintContent(element);
    if (found) return found;
  }
  return null;
}

function lintContent(element: Json): CardFault | null {
  const tag = tagOf(element);
  if (tag === 'markdown' && typeof element.content !== 'string') return fault(200621, 'markdown without content');
  if (tag === 'button' && element.text !== undefined && !isText(element.text))
    return fault(200621, 'button.text is malformed');
  if (tag === 'table') return lintTable(element);
  if (FORM_FIELDS.has(tag)) return lintField(element, tag);
  return null;
}

function lintTable(table: Json): CardFault | null {
  const columns = objects(table.columns);
  if (columns.length === 0 || columns.length > 50) return fault(200914, `a table with ${columns.length} columns`);
  const names = new Set(columns.map((column) => text(column.name)));
  const stray = objects(table.rows)
    .flatMap((row) => Object.keys(row))
    .find((name) => !names.has(name));
  return stray === undefined ? null : fault(200915, `a row has ${stray}, which is no column`);
}

function lintField(element: Json, tag: string): CardFault | null {
  const initial = element.initial_date ?? element.initial_time ?? element.initial_datetime;
  const isPicker = tag === 'date_picker' || tag.startsWith('picker_');
  if (isPicker && initial === undefined && !isText(element.placeholder)) {
    return fault(200621, `${tag} needs a placeholder or an initial value`);
  }
  const longest = tag === 'input' ? (element.max_length ?? 1000) : 1;
  if (typeof longest !== 'number' || longest < 1 || longest > 1000)
    return fault(200621, 'max_length is not within 1-1000');
  const values = objects(element.options).map(({ value }) => value);
  return new Set(values).size === values.length ? null : fault(200621, `${tag} has two options with one value`);
}
