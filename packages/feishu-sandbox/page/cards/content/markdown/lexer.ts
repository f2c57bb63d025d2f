import { Marked, type TokenizerExtension, type Tokens } from 'marked';
import { type FoundTag, tagAt } from './tags.ts';

export interface TagToken extends Pick<FoundTag, 'raw' | 'name' | 'attributes' | 'inner'> {
  type: 'feishu_tag';
  tokens: Tokens.Generic[];
}

const tag: TokenizerExtension = {
  name: 'feishu_tag',
  level: 'inline',
  tokenizer(source) {
    const found = tagAt(source);
    if (!found) return undefined;
    const { inLink } = this.lexer.state;
    if (found.name === 'link' || found.name === 'a') this.lexer.state.inLink = true;
    const tokens = this.lexer.inlineTokens(found.inner);
    this.lexer.state.inLink = inLink;
    return { ...found, type: 'feishu_tag', tokens };
  },
};

/** An address by itself: with http only, and ending where Chinese text goes on. "www.…" may be somebody's words. */
const address: TokenizerExtension = {
  name: 'address',
  level: 'inline',
  tokenizer(source) {
    const [raw] = /^https?:\/\/[\w\-.~:/?#@!$&()*+,;=%]*[\w\-~/#&=+%]/.exec(source) ?? [];
    if (raw === undefined || this.lexer.state.inLink) return undefined;
    return { type: 'link', raw, href: raw, tokens: [{ type: 'text', raw, text: raw }] };
  },
};

/** In Chinese no space stands around bold text, and a full stop or colon often ends it: `**时间：**15:00`. */
const STRONG = /^\*\*(?=[^\s*])((?:`[^`\n]*`|[^`])*?[^\s*])\*\*(?!\*)/;
const bold: TokenizerExtension = {
  name: 'strong',
  level: 'inline',
  tokenizer(source) {
    const [raw, inner] = STRONG.exec(source) ?? [];
    if (raw === undefined || inner === undefined) return undefined;
    return { type: 'strong', raw, text: inner, tokens: this.lexer.inlineTokens(inner) };
  },
};

const never = (): undefined => undefined;

/** `3~5` is a range: only two strokes strike out. */
const strike = (source: string): false | undefined => (source.startsWith('~~') ? false : undefined);

/** Marked without what Feishu's markdown lacks: blocks of HTML, indented code, underlined headings, link definitions. */
export const lexer = new Marked({
  gfm: true,
  breaks: true,
  extensions: [tag, address, bold],
  tokenizer: { html: never, code: never, lheading: never, def: never, url: never, del: strike },
});
