import type { Emitted } from '../events/events.ts';
import type { Raised } from '../wire.ts';

/** The bot was not told. */
export const untold: Raised = { event_id: null, status: null, ms: 0 };

export function emittedView({ delivery, attempt }: Emitted): Raised {
  return { event_id: delivery.id, status: attempt?.status ?? null, ms: attempt?.ms ?? 0 };
}
