import { channel } from 'node:diagnostics_channel';

/** The places where a crash is interesting; a harness subscribes and kills the process there. */
export type CrashPoint =
  | 'inbox.before'
  | 'inbox.written'
  | 'plan.saved'
  | 'effect.applied'
  | 'send.before'
  | 'send.accepted'
  | 'send.marked'
  | 'occurrence.claimed'
  | 'occurrence.done';

/** Says on `zhibu:<name>` that this place was reached; costs nothing when nobody listens. */
export function point(name: CrashPoint, detail: Readonly<Record<string, unknown>>): void {
  const place = channel(`zhibu:${name}`);
  if (place.hasSubscribers) place.publish(detail);
}
