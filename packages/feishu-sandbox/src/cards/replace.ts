import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { lintFor } from './known.ts';
import { CARD_BYTES, type CardFault } from './lint.ts';
import { parseCard } from './tree.ts';

/** Why a card cannot take the place of another: too long, of JSON 1.0, or with this fault. */
export type Unfit = 'long' | 'old' | CardFault;

export function unfit(sandbox: Sandbox, content: string): Unfit | null {
  if (Buffer.byteLength(content) > CARD_BYTES) return 'long';
  return isVersionOne(content) ? 'old' : lintFor(sandbox, content);
}

/** A card of JSON 1.0 has its elements at the root, and no schema. */
function isVersionOne(content: string): boolean {
  const card = parseCard(content);
  return card?.schema === undefined && Array.isArray(card?.elements);
}

/** The message shows this card from now on. */
export function showCard({ state, clock }: Sandbox, { id }: StoredMessage, content: string): void {
  state.commit({ t: 'content', id, content, mentions: [], at: clock.now(), edit: false });
}

/** A fault as the platform writes it into its messages. */
export const faultText = ({ code, message }: CardFault): string => `ErrCode: ${code}; ErrMsg: ${message};`;
