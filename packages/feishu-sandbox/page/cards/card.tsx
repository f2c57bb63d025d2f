import { useMemo } from 'preact/hooks';
import { bodyOf, isObject, type Json, text } from '../../src/cards/tree.ts';
import { Boundary } from './content/boundary.tsx';
import { Box } from './content/box.tsx';
import { CardHeader } from './content/header.tsx';
import { CoverLink } from './content/link.tsx';
import { Look } from './content/look.ts';
import { ownStyles } from './content/style.ts';
import { wordsOf } from './content/text.tsx';
import { Elements } from './element.tsx';
import { type CardPlace, CardScope } from './scope.ts';

const WIDTHS: Readonly<Record<string, string>> = { compact: 'compact', fill: 'fill' };

/** A card of schema 2.0 as a message shows it. */
export function Card({ card, place }: { card: Json; place: CardPlace }) {
  const look = useMemo(() => ownStyles(card), [card]);
  return (
    <CardScope.Provider value={place}>
      <Look.Provider value={look}>
        <Boundary card={card}>
          <Surface card={card} />
        </Boundary>
      </Look.Provider>
    </CardScope.Provider>
  );
}

function Surface({ card }: { card: Json }) {
  const header = isObject(card.header) ? card.header : null;
  const width = isObject(card.config) ? WIDTHS[text(card.config.width_mode)] : undefined;
  const body = isObject(card.body) ? card.body : {};
  return (
    <article class={`card ${width ?? ''}`} aria-label={(header && wordsOf(header.title)) || '卡片'}>
      <CoverLink links={card.card_link} />
      {header && <CardHeader header={header} />}
      {bodyOf(card).length > 0 && (
        <Box of={body} class="card-body">
          <Elements elements={body.elements} />
        </Box>
      )}
    </article>
  );
}
