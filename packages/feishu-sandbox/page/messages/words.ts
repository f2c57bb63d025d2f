/** Text as people read it: words, names after an @, and links. */
export interface Piece {
  kind: 'text' | 'mention' | 'link';
  text: string;
}

// A Chinese sentence goes on right behind an address: its punctuation and characters are no part of it.
const LINK = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/;
const TRAILING = /[.,;:!?)\]']+$/;

/** Finds links and, after an @, the known names, the longest first. */
export function patternOf(names: readonly string[]): RegExp {
  const known = ['所有人', ...names].sort((one, other) => other.length - one.length);
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(${LINK.source})|@(?:${escaped.join('|')})`, 'g');
}

/** Cuts a text into pieces. */
export function piecesOf(text: string, pattern: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, 1: link, index } of text.matchAll(pattern)) {
    const found = link === undefined ? whole : link.replace(TRAILING, '');
    pieces.push({ kind: 'text', text: text.slice(end, index) });
    pieces.push({ kind: link === undefined ? 'mention' : 'link', text: found });
    end = index + found.length;
  }
  return [...pieces, { kind: 'text' as const, text: text.slice(end) }].filter((piece) => piece.text !== '');
}

/** A post's text shows "[图片]" where a picture stands: what is between, and which picture. */
export function postParts(text: string, pictures: number): (string | number)[] {
  const texts = text.split('[图片]');
  // Somebody wrote the word himself: then nobody knows which is which, and the pictures follow the text.
  if (texts.length - 1 !== pictures) return [text, ...Array.from({ length: pictures }, (_, index) => index)];
  return texts
    .flatMap((part, index) => (index === 0 ? [part.trim()] : [index - 1, part.trim()]))
    .filter((part) => part !== '');
}
