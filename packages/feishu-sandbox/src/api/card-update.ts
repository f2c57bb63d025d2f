import { z } from 'zod';
import { faultText, showCard, unfit } from '../cards/replace.ts';
import type { CardToken } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import type { Sandbox } from '../core/sandbox.ts';
import { type ApiCall, TopLevel, validated } from './call.ts';

const LIFE_MS = 30 * 60_000;
const MOST_USES = 2;

const updateBody = z.object({ token: z.string().default(''), card: z.looseObject({}) });

/** Replaces a card after a click: by the token of the callback, once that was answered, twice within half an hour. */
export function updateCard({ sandbox, body }: ApiCall): object {
  const { token, card } = validated(updateBody, body, 10002);
  if (!/^c-./.test(token)) throw refused(300020);
  const known = usable(sandbox, sandbox.state.cardTokens.get(token));
  const message = sandbox.state.messages.get(known.messageId);
  if (!message || message.recalledAt !== null) throw refused(200000);
  const content = JSON.stringify(card);
  const why = unfit(sandbox, content);
  if (why === 'long') throw refused(100000);
  if (why !== null) throw why === 'old' ? refused(200830) : refused(11311, faultText(why));
  showCard(sandbox, message, content);
  sandbox.state.commit({ t: 'card-token', token, card: { ...known, uses: known.uses + 1 } });
  return new TopLevel({ msg: 'ok' });
}

function usable({ clock }: Sandbox, token: CardToken | undefined): CardToken {
  if (!token || clock.now() - token.issuedAt > LIFE_MS) throw refused(300030);
  if (token.uses >= MOST_USES) throw refused(300040);
  return token;
}
