import type { ComponentType } from 'preact';
import { type Json, objects, tagOf } from '../../src/cards/tree.ts';
import { content } from './content/index.ts';
import { interactive } from './interactive/index.ts';

/** Draws one component of a card; `element` is its JSON as the bot sent it. */
export type CardComponent = ComponentType<{ element: Json }>;

// Looked up when drawn, not when loaded: containers of both tables draw elements themselves.
const componentOf = (tag: string): CardComponent | undefined => content[tag] ?? interactive[tag];

export function Element({ element }: { element: Json }) {
  const Component = componentOf(tagOf(element));
  return Component ? <Component element={element} /> : <p class="quiet">［这里不认识组件 {tagOf(element)}］</p>;
}

/** The elements of a body or container, in order; `element_id` keeps a component's state over an update of the card. */
export const Elements = ({ elements }: { elements: unknown }) => (
  <>
    {objects(elements).map((element, index) => (
      <Element key={`${tagOf(element)} ${element.element_id ?? element.name ?? index}`} element={element} />
    ))}
  </>
);
