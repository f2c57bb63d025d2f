import type { CardClick } from '../../ports/click.ts';
import type { InboundEvent } from '../../ports/inbox.ts';

/** `reason` is for the log alone; what is sent back does not tell one refusal from another of the same status. */
export type Rejected = {
  readonly kind: 'rejected';
  readonly status: 400 | 401 | 408 | 413 | 415 | 429;
  readonly reason: string;
};

export type Received =
  | Rejected
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'event'; readonly event: InboundEvent }
  | { readonly kind: 'click'; readonly click: CardClick };

export function rejected(status: Rejected['status'], reason: string): Rejected {
  return { kind: 'rejected', status, reason };
}
