import { z } from 'zod';

/** Of API calls all but the last two, of pushes all but `expire-token`. */
export const FAULT_KINDS = [
  'drop-before',
  'drop-after',
  'status',
  'delay',
  'expire-token',
  'duplicate',
  'reorder',
] as const;

export const faultSchema = z.object({
  match: z.object({ path: z.string().min(1), method: z.string().optional() }),
  kind: z.enum(FAULT_KINDS),
  http: z.number().int().min(100).max(599).optional(),
  code: z.number().int().optional(),
  ms: z.number().int().min(0).max(600_000).optional(),
  times: z.number().int().min(1).default(1),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];

/** Faults wait here until something matches them; each is used `times` times. They do not survive a restart. */
export class Faults {
  #faults: { fault: Fault; pattern: RegExp; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, pattern: pathPattern(fault.match.path), left: fault.times });
  }

  clear(): void {
    this.#faults = [];
  }

  list(): (Fault & { left: number })[] {
    return this.#faults.map(({ fault, left }) => ({ ...fault, left }));
  }

  /** Uses up one fault of one of these kinds; `names` = path of an API call, or type and path of an event. */
  take(kinds: readonly FaultKind[], method: string, names: readonly string[]): Fault | null {
    const hit = this.#faults.find(
      ({ fault, pattern }) =>
        kinds.includes(fault.kind) &&
        (fault.match.method === undefined || fault.match.method.toUpperCase() === method) &&
        names.some((name) => pattern.test(name)),
    );
    if (!hit) return null;
    hit.left -= 1;
    if (hit.left === 0) this.#faults = this.#faults.filter((other) => other !== hit);
    return hit.fault;
  }
}

/** `*` = anything, `:id` = one segment, the rest literally and in full. */
function pathPattern(path: string): RegExp {
  const source = path
    .split(/(\*|:[a-z_]+)/i)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
