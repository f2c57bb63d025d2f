import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { decodeEntities } from '../../../../src/cards/entities.ts';
import { webUrl } from '../url.ts';
import { lexer, type TagToken } from './lexer.ts';
import { drawTag } from './tags.ts';
import type { Block, Inline } from './tree.ts';
import { words } from './words.ts';

/** Markdown of a card, as blocks to draw. */
export const parseMarkdown = (source: string): Block[] => blocks(lexer.lexer(source));

/** `lark_md`: the part of markdown that stays within a line. */
export const parseInline = (source: string): Inline[] => inlines(Lexer.lexInline(source, lexer.defaults));

/** The lexer types its tokens loosely; these are the kinds that it yields here. */
const kinds = (tokens: readonly Token[] | undefined) => (tokens ?? []) as (MarkedToken | TagToken)[];

const blocks = (tokens: readonly Token[] | undefined): Block[] => kinds(tokens).flatMap((token) => block(token));

function block(token: MarkedToken | TagToken): Block[] {
  switch (token.type) {
    case 'space':
    case 'checkbox':
      return [];
    case 'heading':
      return [{ type: 'heading', level: token.depth, children: inlines(token.tokens) }];
    case 'code':
      return [{ type: 'code', language: (token.lang ?? '').split(/\s/)[0] ?? '', text: token.text }];
    case 'list':
      return [list(token)];
    case 'blockquote':
      return [{ type: 'quote', blocks: blocks(token.tokens) }];
    case 'hr':
      return [{ type: 'rule' }];
    case 'table':
      return [table(token)];
    case 'paragraph':
      return [{ type: 'paragraph', children: inlines(token.tokens) }];
    default:
      return [{ type: 'paragraph', children: inline(token) }];
  }
}

const list = ({ ordered, start, items }: Tokens.List): Block => ({
  type: 'list',
  start: ordered ? Number(start) : null,
  items: items.map(item),
});

/** Feishu has no tasks: their boxes stay text. */
function item({ task, checked, tokens }: Tokens.ListItem): Block[] {
  const [first, ...rest] = blocks(tokens);
  if (!task || first?.type !== 'paragraph') return first ? [first, ...rest] : [];
  const box: Inline = { type: 'text', text: checked ? '[x] ' : '[ ] ' };
  return [{ ...first, children: [box, ...first.children] }, ...rest];
}

const table = ({ align, header, rows }: Tokens.Table): Block => ({
  type: 'table',
  align,
  header: header.map((cell) => inlines(cell.tokens)),
  rows: rows.map((row) => row.map((cell) => inlines(cell.tokens))),
});

const inlines = (tokens: readonly Token[] | undefined): Inline[] => kinds(tokens).flatMap((token) => inline(token));

const STYLES = { strong: 'strong', em: 'em', del: 'strike' } as const;

function inline(token: MarkedToken | TagToken): Inline[] {
  switch (token.type) {
    case 'text':
      return token.tokens ? inlines(token.tokens) : words(token.raw);
    case 'escape':
      return [{ type: 'text', text: token.text }];
    case 'strong':
    case 'em':
    case 'del':
      return [{ type: STYLES[token.type], children: inlines(token.tokens) }];
    case 'codespan':
      return [{ type: 'code', text: token.text }];
    case 'br':
      return [{ type: 'break' }];
    case 'link':
      return link(token);
    case 'image':
      return [{ type: 'image', key: decodeEntities(token.href), hover: decodeEntities(token.text) }];
    case 'feishu_tag':
      return drawTag(token.name, token.attributes, inlines(token.tokens), token.inner);
    case 'html':
      return [];
    default:
      return words(token.raw);
  }
}

function link({ href, tokens }: Tokens.Link): Inline[] {
  const url = webUrl(decodeEntities(href));
  const children = inlines(tokens);
  return url === null ? children : [{ type: 'link', url, icon: '', children }];
}
