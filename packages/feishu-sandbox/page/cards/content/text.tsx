import { useMemo } from 'preact/hooks';
import { isObject, type Json, tagOf, text } from '../../../src/cards/tree.ts';
import { nameOf } from '../../core/state.ts';
import { useLook } from './look.ts';
import { Blocks } from './markdown/blocks.tsx';
import { Inlines } from './markdown/inline.tsx';
import { parseInline, parseMarkdown } from './markdown/parse.ts';
import { plainText } from './markdown/tree.ts';
import { textPaint, textStyle } from './style.ts';

/** What a text object says: the Chinese of several languages, else its content. */
export const contentOf = (value: Json): string =>
  (isObject(value.i18n_content) ? text(value.i18n_content.zh_cn) : '') || text(value.content);

/** The words of a text object or a bare string, without any markup: for labels, hints and names. */
export function wordsOf(value: unknown): string {
  if (!isObject(value)) return text(value);
  const isPlain = tagOf(value) !== 'lark_md' && tagOf(value) !== 'markdown';
  return isPlain ? contentOf(value) : plainText(parseInline(contentOf(value)), nameOf);
}

export function LarkMarkdown({ source }: { source: string }) {
  const nodes = useMemo(() => parseInline(source), [source]);
  return <Inlines nodes={nodes} />;
}

export function Markdown({ source }: { source: string }) {
  const blocks = useMemo(() => parseMarkdown(source), [source]);
  return <Blocks blocks={blocks} />;
}

/** A text object (`plain_text`, `lark_md` or `markdown`) or a bare string, with its own size, colour and lines. */
export function CardText({ of, class: name = '' }: { of: unknown; class?: string }) {
  const look = useLook();
  if (!isObject(of)) return text(of) === '' ? null : <span class={`card-text ${name}`}>{text(of)}</span>;
  const paint = textPaint(of.text_color, look);
  const style = { ...textStyle(of, look), ...paint.style };
  return (
    <span class={`card-text ${'--lines' in style ? 'clamped' : ''} ${paint.class} ${name}`} style={style}>
      <Words of={of} />
    </span>
  );
}

function Words({ of }: { of: Json }) {
  const source = contentOf(of);
  if (tagOf(of) === 'markdown') return <Markdown source={source} />;
  return tagOf(of) === 'lark_md' ? <LarkMarkdown source={source} /> : source;
}
