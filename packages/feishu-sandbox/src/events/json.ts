import type { JsonStyle } from '../wire.ts';

/** JSON as it goes over the wire. Spaces are legal between tokens, and show whether a bot hashes the bytes it received. */
export function write(value: unknown, style: JsonStyle): string {
  // A line break inside a text is escaped: those that remain are the layout's.
  return style === 'compact' ? JSON.stringify(value) : JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
