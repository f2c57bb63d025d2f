import { z } from 'zod';
import type { CardClick } from '../../ports/click.ts';
import { type Envelope, id } from './envelope.ts';

export const CLICK = 'card.action.trigger';

const fields = z.record(z.string(), z.unknown());
const clickSchema = z.object({
  operator: z.object({ open_id: id }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
  action: z.object({
    name: z.string().max(256).optional(),
    value: fields.or(z.string()).optional(),
    form_value: fields.optional(),
    option: z.unknown().optional(),
    options: z.unknown().optional(),
    input_value: z.unknown().optional(),
    checked: z.unknown().optional(),
  }),
});
type Action = z.infer<typeof clickSchema>['action'];

/** A click as the handler takes it; what a component outside a form carries stands in `form` under its name. */
export function toCardClick({ header, event }: Envelope): CardClick | null {
  const click = clickSchema.safeParse(event).data;
  if (!click) return null;
  const { action, context, operator } = click;
  return {
    eventId: header.event_id,
    operator: operator.open_id,
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    name: action.name || null,
    value: typeof action.value === 'object' ? action.value : {},
    form: action.form_value ?? loneField(action),
  };
}

function loneField(action: Action): Record<string, unknown> {
  const value = action.option ?? action.options ?? action.input_value ?? action.checked;
  return action.name && value !== undefined ? { [action.name]: value } : {};
}
