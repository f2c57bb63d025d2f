import { type NameOf, visibleMarkdown } from './markdown.ts';
import { bodyOf, childrenOf, isObject, type Json, objects, parseCard, tagOf, text, walk } from './tree.ts';

export interface CardButton {
  name: string | null;
  text: string;
  value: unknown;
  disabled: boolean;
}

/** Text of a plain_text or lark_md object, or of a bare string. */
export function textOf(value: unknown, nameOf: NameOf): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return '';
  return tagOf(value) === 'lark_md' || tagOf(value) === 'markdown'
    ? visibleMarkdown(text(value.content), nameOf)
    : text(value.content);
}

/** Every visible text of a card, line by line. */
export function cardLines(card: Json, nameOf: NameOf): string[] {
  const lines = [
    ...headerLines(card.header, nameOf),
    ...bodyOf(card).flatMap((element) => elementLines(element, nameOf)),
  ];
  return lines.flatMap((line) => line.split('\n')).filter((line) => line.trim() !== '');
}

function headerLines(header: unknown, nameOf: NameOf): string[] {
  if (!isObject(header)) return [];
  const tags = objects(header.text_tag_list).map((tag) => textOf(tag.text, nameOf));
  return [textOf(header.title, nameOf), textOf(header.subtitle, nameOf), ...tags];
}

function elementLines(element: Json, nameOf: NameOf): string[] {
  const show = (value: unknown): string => textOf(value, nameOf);
  const inner = (): string[] => childrenOf(element).flatMap((child) => elementLines(child, nameOf));
  switch (tagOf(element)) {
    case 'markdown':
      return [visibleMarkdown(text(element.content), nameOf)];
    case 'div':
      return [show(element.text), ...objects(element.fields).map((field) => show(field.text))];
    case 'table':
      return tableLines(element, nameOf);
    case 'chart':
      return isObject(element.chart_spec) && isObject(element.chart_spec.title)
        ? [text(element.chart_spec.title.text)]
        : [];
    case 'collapsible_panel':
      return [isObject(element.header) ? show(element.header.title) : '', ...inner()];
    case 'person':
      return [nameOf(text(element.user_id))];
    case 'person_list':
      return [
        objects(element.persons)
          .map(({ id }) => nameOf(text(id)))
          .join('、'),
      ];
    case 'img':
      return [show(element.title), show(element.alt)];
    case 'button':
      return [show(element.text)];
    case 'checker':
      return [show(element.text), ...inner()];
    default:
      return [...fieldLines(element, nameOf), ...inner()];
  }
}

function fieldLines(element: Json, nameOf: NameOf): string[] {
  const chosen = objects(element.options).filter(
    ({ value }) => value !== undefined && value === element.initial_option,
  );
  const initial = text(element.initial_date) || text(element.initial_time) || text(element.initial_datetime);
  const filled =
    text(element.default_value) || initial || chosen.map((option) => textOf(option.text, nameOf)).join(' ');
  return [textOf(element.label, nameOf), filled || textOf(element.placeholder, nameOf)];
}

function tableLines(table: Json, nameOf: NameOf): string[] {
  const columns = objects(table.columns);
  const cells = (row: Json): string =>
    columns.map((column) => cell(column, row[text(column.name)], nameOf)).join(' | ');
  return [columns.map((column) => text(column.display_name)).join(' | '), ...objects(table.rows).map(cells)];
}

/** Swedish writes days as ISO 8601 does. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

function cell(column: Json, value: unknown, nameOf: NameOf): string {
  if (Array.isArray(value)) return value.map((item) => cell(column, item, nameOf)).join('、');
  if (isObject(value)) return text(value.text);
  if (column.data_type === 'persons') return nameOf(text(value));
  if (column.data_type === 'lark_md' || column.data_type === 'markdown') return visibleMarkdown(text(value), nameOf);
  if (column.data_type === 'date' && typeof value === 'number') {
    return DAY.format(value);
  }
  return value === null || value === undefined ? '' : String(value);
}

export function cardButtons(card: Json, nameOf: NameOf): CardButton[] {
  return [...walk(bodyOf(card))]
    .filter(({ element }) => tagOf(element) === 'button')
    .map(({ element }) => ({
      name: text(element.name) || null,
      text: textOf(element.text, nameOf),
      value: objects(element.behaviors).find(({ type }) => type === 'callback')?.value ?? element.value ?? null,
      disabled: element.disabled === true,
    }));
}

/** What the platform gives back when a card is read: no card, but its title and texts. */
export function degradedCard(content: string, nameOf: NameOf): string {
  const card = parseCard(content);
  if (!card) return JSON.stringify({ title: '', elements: [] });
  const title = isObject(card.header) ? textOf(card.header.title, nameOf) : '';
  const lines = bodyOf(card).flatMap((element) => elementLines(element, nameOf));
  const elements = lines.filter((line) => line !== '').map((line) => [{ tag: 'text', text: line }]);
  return JSON.stringify({ title, elements });
}
