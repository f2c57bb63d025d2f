import type { Json } from '../../src/cards/tree.ts';
import type { CardPlace } from './scope.ts';

/** A card of schema 2.0 as a message shows it. */
export function Card({ card }: { card: Json; place: CardPlace }) {
  return <article class="card">{JSON.stringify(card)}</article>;
}
