import { z } from 'zod';
import type { InboundEvent } from '../../ports/inbox.ts';
import { type Envelope, id, instant } from './envelope.ts';

const RECEIVED = 'im.message.receive_v1';

const receivedSchema = z.object({
  message: z.object({ message_id: id, chat_id: id, create_time: instant.optional() }),
});
const placedSchema = z.object({
  message: z.object({ chat_id: id.optional() }).optional(),
  chat_id: id.optional(),
});

/** The event as the inbox keeps it: `body` is the envelope's `event`, as sent. */
export function toInboundEvent(envelope: Envelope): InboundEvent | null {
  return envelope.header.event_type === RECEIVED ? toMessage(envelope) : toOther(envelope);
}

/** Messages are put in order by their own time; the push carries another. */
function toMessage({ header, event }: Envelope): InboundEvent | null {
  const message = receivedSchema.safeParse(event).data?.message;
  if (!message) return null;
  return {
    eventId: header.event_id,
    type: header.event_type,
    messageId: message.message_id,
    lane: message.chat_id,
    createTime: message.create_time ?? header.create_time,
    body: event,
  };
}

function toOther({ header, event }: Envelope): InboundEvent {
  const placed = placedSchema.safeParse(event).data;
  return {
    eventId: header.event_id,
    type: header.event_type,
    messageId: null,
    lane: placed?.message?.chat_id ?? placed?.chat_id ?? header.event_id,
    createTime: header.create_time,
    body: event,
  };
}
