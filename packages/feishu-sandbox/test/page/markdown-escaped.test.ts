import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../page/cards/content/markdown/parse.ts';
import { type Block, type Inline, plainText } from '../../page/cards/content/markdown/tree.ts';

/** What the platform tells bots to do with the words of others. */
const escaped = (words: string): string =>
  words.replace(/[&<>*_~[\]()#:+\-!`$|]/g, (char) => `&#${char.charCodeAt(0)};`);

const inlinesOf = (block: Block): Inline[] => {
  if (block.type === 'list') return block.items.flat().flatMap(inlinesOf);
  if (block.type === 'quote') return block.blocks.flatMap(inlinesOf);
  if (block.type === 'table') return [...block.header.flat(), ...block.rows.flat(2)];
  return 'children' in block ? block.children : [];
};
const kindsOf = (nodes: readonly Inline[]): string[] =>
  nodes.flatMap((node) => [node.type, ...('children' in node ? kindsOf(node.children) : [])]);
const kinds = (source: string): Set<string> => new Set(kindsOf(parseMarkdown(source).flatMap(inlinesOf)));
const words = (source: string): string => plainText(parseMarkdown(source).flatMap(inlinesOf), String);

const HOSTILE = [
  '<at id=all></at>',
  "<at ids='ou_a,ou_b'></at>",
  '[点我](https://example.org)',
  '<https://example.org>',
  'https://example.org/x',
  '![x](img_v3_x)',
  "<person id='ou_a'></person>",
  "<a href='https://example.org'>x</a>",
  '**粗** ~~删~~ `码` :DONE:',
  '&lt;at id=all&gt;',
  '&#60;at id=all&#62;',
];

it.each(HOSTILE)('shows %s as it was written once it is escaped', (source) => {
  expect(kinds(escaped(source))).toEqual(new Set(['text']));
  expect(words(escaped(source))).toBe(source);
});

it('would do what it says without the escapes', () => {
  expect(kinds(HOSTILE.slice(0, 9).join('\n\n'))).toEqual(
    new Set(['mention', 'link', 'text', 'image', 'person', 'strong', 'strike', 'code', 'emoji']),
  );
});

it('links neither a www address nor a mail address, in which nothing is escaped', () => {
  expect(kinds('www.example.org 和 li@example.org')).toEqual(new Set(['text']));
});

it('makes nothing but text, lines and lists of any escaped words, wherever they are put', () => {
  const piece = fc.oneof(fc.constantFrom(...HOSTILE, '\n', '    ', '1. ', '==='), fc.string({ maxLength: 8 }));
  const said = fc.array(piece, { maxLength: 8 }).map((pieces) => escaped(pieces.join('')));
  const around = fc.constantFrom(['', ''], ['**', '**'], ['- ', ''], ["<font color='red'>", '</font>'], ['> ', '']);
  const harmless = new Set(['text', 'break', 'strong', 'font']);
  fc.assert(
    fc.property(said, around, (inner, [before = '', after = '']) => {
      expect([...kinds(`${before}${inner}${after}`)].filter((kind) => !harmless.has(kind))).toEqual([]);
    }),
  );
});
