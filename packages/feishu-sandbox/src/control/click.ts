import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { encodeField, fillForm } from '../cards/form.ts';
import {
  bodyOf,
  callbackValue,
  FORM_FIELDS,
  INTERACTIVE,
  isReset,
  isSubmit,
  type Json,
  openUrl,
  type Placed,
  parseCard,
  tagOf,
  text,
  walk,
} from '../cards/tree.ts';
import { textOf } from '../cards/view.ts';
import { ControlFault } from '../core/fault.ts';
import { randomHex } from '../core/ids.ts';
import { markRead } from '../core/post-box.ts';
import type { StoredMessage } from '../core/records.ts';
import type { Sandbox } from '../core/sandbox.ts';
import type { Person } from '../core/world.ts';
import { userIds } from '../events/events.ts';
import type { Clicked, ClickInput } from '../wire.ts';
import { chatOf, messageBy, mustBeMember, personBy } from './lookup.ts';
import { readReply } from './reply.ts';

export const clickSchema = z.object({
  message_id: z.string(),
  as: z.string(),
  name: z.string().optional(),
  value: z.unknown().optional(),
  text: z.string().optional(),
  form_value: z.record(z.string(), z.unknown()).optional(),
  /** For a select, a date picker, an input or a checker outside a form. */
  option: z.union([z.string(), z.boolean()]).optional(),
}) satisfies z.ZodType<unknown, ClickInput>;

type Click = z.output<typeof clickSchema>;

/** A person uses a component of a card; resolves when the bot has answered or the client has given up. */
export async function click(sandbox: Sandbox, input: Click): Promise<Clicked> {
  const message = messageBy(sandbox, input.message_id);
  const person = personBy(sandbox, input.as);
  const chat = chatOf(sandbox, message);
  mustBeMember(chat, person);
  if (message.recalledAt) throw new ControlFault(409, 'the message was recalled');
  const card = message.type === 'interactive' ? parseCard(message.content) : null;
  if (!card) throw new ControlFault(400, 'the message is no card');
  markRead(sandbox, message, person.key);
  const placed = findComponent(sandbox, card, input);
  if (placed.element.disabled === true) throw new ControlFault(409, 'the component is disabled');
  const url = openUrl(placed.element);
  const silent = isReset(placed.element) || (url !== null && callbackValue(placed.element) === undefined);
  if (silent) return { status: null, ms: 0, toast: null, card: null, code: null, event_id: null, url };
  return callback(sandbox, message, person, actionOf(sandbox, placed, input));
}

function findComponent(sandbox: Sandbox, card: Json, { name, value, text: label }: Click): Placed {
  const all = [...walk(bodyOf(card))].filter(({ element }) => INTERACTIVE.has(tagOf(element)));
  const buttons = all.filter(({ element }) => tagOf(element) === 'button');
  const found =
    name !== undefined
      ? all.find(({ element }) => element.name === name)
      : value !== undefined
        ? all.find(({ element }) => isDeepStrictEqual(callbackValue(element), value))
        : buttons.find(({ element }) => textOf(element.text, sandbox.nameOf) === label);
  if (!found) {
    const known = buttons.map(({ element }) => textOf(element.text, sandbox.nameOf)).join('、');
    throw new ControlFault(404, `the card has no such button; it has: ${known || 'none'}`);
  }
  return found;
}

function actionOf(sandbox: Sandbox, { element, form }: Placed, input: Click): Json {
  const personId = (key: string): string | null => sandbox.directory.person(key)?.openId ?? null;
  const tag = tagOf(element);
  const value = callbackValue(element);
  const action: Json = { tag, timezone: 'Asia/Shanghai' };
  if (value !== undefined) action.value = value;
  if (text(element.name) !== '') action.name = element.name;
  if (form !== null && FORM_FIELDS.has(tag)) {
    throw new ControlFault(400, `${text(element.name)} belongs to a form: click its submit button`);
  }
  if (form !== null && isSubmit(element)) {
    const filled = fillForm(form, input.form_value ?? {}, personId);
    if (!filled.ok) throw new ControlFault(422, `the client would not submit: ${filled.message}`);
    action.form_value = filled.values;
  } else if (input.form_value !== undefined) {
    throw new ControlFault(400, 'form_value, but this is no submit button in a form');
  } else if (tag !== 'button' && tag !== 'interactive_container') {
    Object.assign(action, chosen(element, tag, input.option, personId));
  }
  return action;
}

function chosen(element: Json, tag: string, option: unknown, personId: (key: string) => string | null): Json {
  if (tag === 'overflow') return { option };
  const encoded = encodeField(element, option, personId);
  if ('fault' in encoded) throw new ControlFault(422, `${tag} ${encoded.fault}`);
  if (tag === 'checker') return { checked: encoded.value };
  return tag === 'input' ? { input_value: encoded.value } : { option: encoded.value };
}

async function callback(sandbox: Sandbox, message: StoredMessage, person: Person, action: Json): Promise<Clicked> {
  const token = `c-${randomHex(32)}`;
  const event = {
    operator: { tenant_key: sandbox.app.tenant_key, ...userIds(person) },
    token,
    action,
    host: 'im_message',
    context: { open_message_id: message.id, open_chat_id: message.chatId },
  };
  const delivery = sandbox.deliveries.create('card.action.trigger', event, { retried: false });
  const issuedAt = sandbox.clock.now();
  const answer = await sandbox.deliveries.call(delivery);
  // Only once the callback was answered is its token good for a later update.
  const card = { messageId: message.id, issuedAt, uses: 0 };
  if (answer.status === 200) sandbox.state.commit({ t: 'card-token', token, card });
  return { ...readReply(sandbox, message, answer), event_id: delivery.id, url: null };
}
