/** Text as people read it: words, names after an @, and links. */
export type Piece = { kind: 'text' | 'mention'; text: string } | { kind: 'link'; text: string; url: string };

// A Chinese sentence goes on right behind an address: its punctuation and characters are no part of it.
const LINK = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/;
const TRAILING = /[.,;:!?)\]']+$/;

const NAMED_LINK = /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/;

/** Finds links, bare or `[words](address)`, and, after an @, the known names, the longest first. */
export function patternOf(names: readonly string[]): RegExp {
  const known = ['所有人', ...names].sort((one, other) => other.length - one.length);
  const escaped = known.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${NAMED_LINK.source}|(${LINK.source})|@(?:${escaped.join('|')})`, 'g');
}

/** Cuts a text into pieces. */
export function piecesOf(text: string, pattern: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const piece = pieceOf(found);
    pieces.push({ kind: 'text', text: text.slice(end, found.index) }, piece);
    // Of a bare address the punctuation behind it goes on as text.
    end = found.index + (found[3] === undefined ? found[0].length : piece.text.length);
  }
  return [...pieces, { kind: 'text' as const, text: text.slice(end) }].filter((piece) => piece.text !== '');
}

function pieceOf([whole, words, named, bare]: RegExpExecArray): Piece {
  if (words !== undefined && named !== undefined) return { kind: 'link', text: words, url: named };
  if (bare === undefined) return { kind: 'mention', text: whole };
  const url = bare.replace(TRAILING, '');
  return { kind: 'link', text: url, url };
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
