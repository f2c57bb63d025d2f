import { z } from 'zod';
import { faultText, showCard, unfit } from '../cards/replace.ts';
import type { StoredMessage } from '../core/records.ts';
import { refused } from '../core/refusals.ts';
import { emitRecalled } from '../events/events.ts';
import { type ApiCall, messageOf, notRecalled, ownChat, ownMessage, validated } from './call.ts';
import { messageObject } from './message-object.ts';
import { prepare } from './outgoing.ts';

const DAY_MS = 86_400_000;
const MAX_EDITS = 20;

const patchBody = z.object({ content: z.string() });

/** Replaces a card by another one. */
export function patchMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { content } = validated(patchBody, call.body);
  const message = ownMessage(call);
  const now = sandbox.clock.now();
  notRecalled(message, 230011);
  if (message.type !== 'interactive') throw refused(230001, 'This message is NOT a card.');
  if (now - message.createdAt > 14 * DAY_MS) throw refused(230031);
  const why = unfit(sandbox, content);
  if (why === 'long') throw refused(230025);
  if (why !== null) throw refused(230099, faultText(why === 'old' ? OLD : why));
  sandbox.limits.perTarget(message.id, now);
  showCard(sandbox, message, content);
  return {};
}

const OLD = { code: 200830, message: '2.0 can not become 1.0' };

const editBody = z.object({ msg_type: z.enum(['text', 'post']), content: z.string() });

/** Edits a text or a post, which raises no event. */
export function editMessage(call: ApiCall): object {
  const { sandbox } = call;
  const { msg_type: type, content } = validated(editBody, call.body);
  const message = ownMessage(call, 230071);
  ownChat(call, message);
  notRecalled(message, 230011);
  if (message.type !== type) throw refused(230054);
  if (message.edits >= MAX_EDITS) throw refused(230072);
  const prepared = prepare(sandbox, type, content);
  sandbox.limits.perTarget(message.id, sandbox.clock.now());
  sandbox.state.commit({ t: 'content', id: message.id, ...prepared, at: sandbox.clock.now(), edit: true });
  return messageObject(sandbox, message);
}

/** The bot withdraws what it sent; every bot in the chat is told, this one too. */
export function deleteMessage(call: ApiCall): object {
  const message = messageOf(call);
  if (message.from !== 'bot') throw refused(230026);
  ownChat(call, message);
  recall(call, message);
  // Nobody waits for the event: the answer to the call must not depend on the bot's answer to it.
  void emitRecalled(call.sandbox, message);
  return {};
}

function recall({ sandbox }: ApiCall, message: StoredMessage): void {
  const now = sandbox.clock.now();
  notRecalled(message, 230110);
  if (now - message.createdAt > DAY_MS) throw refused(230009);
  sandbox.state.commit({ t: 'recall', id: message.id, at: now });
}
