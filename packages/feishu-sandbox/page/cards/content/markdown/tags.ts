import { decodeEntities } from '../../../../src/cards/entities.ts';
import { webUrl } from '../url.ts';
import type { Inline } from './tree.ts';

export type Attributes = Readonly<Record<string, string>>;

/** A tag found at the beginning of a text, and what stands between it and its end. */
export interface FoundTag {
  raw: string;
  name: string;
  attributes: Attributes;
  inner: string;
}

const VALUE = `'[^']*'|"[^"]*"|[^\\s"'>]+`;
const TAG = new RegExp(`^<(/?)([a-z][\\w-]*)((?:\\s+[\\w-]+(?:\\s*=\\s*(?:${VALUE}))?)*)\\s*/?>`, 'i');
const ATTRIBUTE = new RegExp(`([\\w-]+)\\s*=\\s*(${VALUE})`, 'g');

type Draw = (attributes: Attributes, children: Inline[], inner: string) => Inline[];

const linkTo = (attributes: Attributes): string | null => {
  const { pc_url, url, href, link } = attributes;
  return webUrl(pc_url) ?? webUrl(url) ?? webUrl(href) ?? webUrl(link);
};
const link: Draw = (attributes, children, inner) => {
  const url = linkTo(attributes);
  if (url === null) return children;
  const shown: Inline[] = inner.trim() === '' ? [{ type: 'text', text: url }] : children;
  return [{ type: 'link', url, icon: attributes.icon ?? '', children: shown }];
};

/** Tags of Feishu's markdown → what they are drawn as. Any other tag is dropped, and its text kept. */
const TAGS: Readonly<Record<string, Draw>> = {
  at: ({ id, ids, email }) => {
    const all = (id ?? ids ?? email ?? '').split(',').map((one) => one.trim());
    return [{ type: 'mention', ids: all.filter((one) => one !== '') }];
  },
  person: ({ id = '', show_name, show_avatar, style }) => [
    { type: 'person', id, name: show_name !== 'false', avatar: show_avatar !== 'false', capsule: style === 'capsule' },
  ],
  font: ({ color: colour = '' }, children) => [{ type: 'font', colour, children }],
  text_tag: ({ color: colour = 'neutral' }, children) => [{ type: 'tag', colour, children }],
  number_tag: (attributes, _, inner) => [
    {
      type: 'number',
      text: decodeEntities(inner.trim()),
      url: linkTo(attributes),
      background: attributes.background_color ?? 'grey',
    },
  ],
  local_datetime: (attributes) => {
    const { millisecond = '', format_type: format = 'date_num' } = attributes;
    const at = /^\d{1,14}$/.test(millisecond) ? Number(millisecond) : null;
    return [{ type: 'datetime', at, format, url: linkTo(attributes) }];
  },
  link,
  a: link,
  br: () => [{ type: 'break' }],
  hr: () => [{ type: 'rule' }],
};
const ALONE: ReadonlySet<string> = new Set(['br', 'hr']);

export const drawTag = (name: string, attributes: Attributes, children: Inline[], inner: string): Inline[] =>
  TAGS[name]?.(attributes, children, inner) ?? [];

/** The tag with which the text begins; one without an end, or an unknown one, holds nothing. */
export function tagAt(source: string): FoundTag | undefined {
  const [opening, slash, name = '', attributes = ''] = TAG.exec(source) ?? [];
  if (opening === undefined) return undefined;
  const known = name.toLowerCase();
  const dropped = { raw: opening, name: '', attributes: {}, inner: '' };
  if (slash === '/' || !Object.hasOwn(TAGS, known)) return dropped;
  const tag = { raw: opening, name: known, attributes: read(attributes), inner: '' };
  const end = ALONE.has(known) || opening.endsWith('/>') ? null : endOf(source, known, opening.length);
  if (end === null) return known === 'font' ? dropped : tag;
  return { ...tag, raw: source.slice(0, end.to), inner: source.slice(opening.length, end.from) };
}

function read(source: string): Attributes {
  const pairs = [...source.matchAll(ATTRIBUTE)];
  const value = (quoted: string): string => decodeEntities(quoted.replace(/^(['"])([\s\S]*)\1$/, '$2'));
  return Object.fromEntries(pairs.map(([, name = '', quoted = '']) => [name, value(quoted)]));
}

/** Where the end tag stands that belongs to the tag opened before `start`. */
function endOf(source: string, name: string, start: number): { from: number; to: number } | null {
  const edge = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*>`, 'gi');
  edge.lastIndex = start;
  let depth = 1;
  for (let found = edge.exec(source); found; found = edge.exec(source)) {
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return { from: found.index, to: edge.lastIndex };
  }
  return null;
}
