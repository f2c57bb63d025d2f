import { z } from 'zod';

const printable = (max: number) => z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${max}}$`));

const credentialsSchema = z.object({
  header: z.object({ token: z.string(), app_id: z.string(), tenant_key: z.string().optional() }),
});

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: printable(512),
  header: z.undefined().optional(),
  event: z.undefined().optional(),
});

/** Feishu's documents show seconds, milliseconds and microseconds; the number of digits tells which. */
export const instant = z
  .union([z.string(), z.number().transform(String)])
  .refine((digits) => /^(?:\d{10}|\d{13}|\d{16})$/.test(digits))
  .transform((digits) => Math.floor(Number(digits) * 10 ** (13 - digits.length)));

export const id = printable(128);

const envelopeSchema = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: id,
    event_type: z.string().regex(/^[\w.]{1,128}$/),
    create_time: instant,
  }),
  // Kept as it came: a copy made here would be made on every message.
  event: z.custom<Record<string, unknown>>(isRecord),
});

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Envelope = z.infer<typeof envelopeSchema>;
export type Credentials = z.infer<typeof credentialsSchema>['header'];

export function parseCredentials(body: Record<string, unknown>): Credentials | null {
  return credentialsSchema.safeParse(body).data?.header ?? null;
}

export function parseChallenge(body: Record<string, unknown>): { token: string; challenge: string } | null {
  return challengeSchema.safeParse(body).data ?? null;
}

/** The v2 envelope; `null` for another shape and for keys that no honest sender uses. */
export function parseEnvelope(body: Record<string, unknown>): Envelope | null {
  return isHarmless(body) ? (envelopeSchema.safeParse(body).data ?? null) : null;
}

const MAX_DEPTH = 64;
// `_bsontype` makes the database driver take a plain object for one of its own; one such row would fail its whole batch.
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype', '_bsontype']);

function isHarmless(body: Record<string, unknown>): boolean {
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    const below: object[] = [];
    for (const node of level) if (!collect(node, below)) return false;
    level = below;
  }
  return true;
}

function collect(node: object, below: object[]): boolean {
  if (Array.isArray(node)) {
    for (const value of node) if (typeof value === 'object' && value !== null) below.push(value);
    return true;
  }
  const keys = Object.keys(node);
  if (keys.some((key) => FORBIDDEN.has(key) || key.includes('\0'))) return false;
  for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) below.push(value);
  return true;
}
