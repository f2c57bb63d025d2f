import { computed } from '@preact/signals';
import { people, world } from '../core/state.ts';
import { type Piece, patternOf, piecesOf } from './words.ts';

const pattern = computed(() => patternOf([world.value.bot.name, ...people.value.map(({ name }) => name)]));

/** Words of a person or of the bot, with names after an @ and links set apart. */
export const Words = ({ text }: { text: string }) => (
  <p class="words">
    {piecesOf(text, pattern.value).map((piece, index) => (
      <PieceOf key={index} piece={piece} />
    ))}
  </p>
);

function PieceOf({ piece }: { piece: Piece }) {
  if (piece.kind !== 'link') return piece.kind === 'mention' ? <span class="at-name">{piece.text}</span> : piece.text;
  return (
    <a href={piece.url} target="_blank" rel="noopener noreferrer">
      {piece.text}
    </a>
  );
}
