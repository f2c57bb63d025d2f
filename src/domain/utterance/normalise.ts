/** From what people type to what the grammar reads. The raw text is kept by the caller; `text` here is its NFKC form. */

const circled = '①②③④⑤⑥⑦⑧⑨⑩';
const replacements: readonly (readonly [RegExp, string])[] = [
  // Invisible characters and controls carry nothing; a line break separates.
  [/[\u200b-\u200f\u2060\ufeff\u00ad]/g, ''],
  [/[\r\n]+/g, '\n'],
  [/[^\S\n]+/g, ' '],
  [/[‐‑‒–—―−]+/g, '-'],
  [/[〜∼]/g, '~'],
  [/[【〔[{]/g, '('],
  [/[】〕\]}]/g, ')'],
  [/ ?\+ ?/g, '+'],
  [/ ?: ?/g, ':'],
  [/ *\n */g, '\n'],
];

/** The NFKC form: full-width letters, digits and punctuation become half-width. */
export const compatible = (text: string): string => text.normalize('NFKC');

/** The form the grammar reads: one kind of dash, bracket, space and list number. */
export const normalise = (text: string): string => {
  const numbered = text.replace(/[①-⑩]/g, (mark) => ` ${circled.indexOf(mark) + 1}.`);
  return replacements.reduce((line, [from, to]) => line.replace(from, to), compatible(numbered)).trim();
};

/** Without the mentions in front. */
export const withoutMention = (line: string): string => line.replace(/^(?:@[^\s/,:]{1,30}[\s,:]*)+/, '');
