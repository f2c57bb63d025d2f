import type { ComponentChildren } from 'preact';
import type { Json } from '../../../src/cards/tree.ts';
import { boxStyle, type Style } from './style.ts';

/** A container that places its elements as its JSON says: direction, spaces, alignment, padding. */
export function Box(props: { of: Json; class?: string; style?: Style; children: ComponentChildren }) {
  const direction = props.of.direction === 'horizontal' ? 'horizontal' : 'vertical';
  return (
    <div class={`box ${direction} ${props.class ?? ''}`} style={{ ...boxStyle(props.of), ...props.style }}>
      {props.children}
    </div>
  );
}
