import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../ports/clock.ts';
import { checkHeaders, declaredBytes, discard, readBody } from './body.ts';
import { createCipher } from './cipher.ts';
import { CLICK, toCardClick } from './click.ts';
import { type Credentials, type Envelope, parseChallenge, parseCredentials, parseEnvelope } from './envelope.ts';
import { toInboundEvent } from './event.ts';
import { createGate } from './gate.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type Received, type Rejected, rejected } from './received.ts';
import { checkSignature, sameSecret } from './signature.ts';

export type { Received, Rejected } from './received.ts';

export type IngressOptions = {
  /** One, or two while rotating. */
  readonly encryptKeys: readonly string[];
  readonly verificationToken: string;
  readonly appId: string;
  /** The tenant whose events are taken; `null` while it is not known. */
  readonly tenantKey?: () => string | null;
  readonly clock: Clock;
  readonly limits?: Partial<Limits>;
};

/** Turns one POST into something verified and parsed, or a refusal; never throws for what a stranger sent. */
export type Ingress = { receive(request: IncomingMessage): Promise<Received> };

/** Bytes in, verified event out: limits, raw body, signature, freshness, decryption, token, shape; in this order. */
export function createIngress(options: IngressOptions): Ingress {
  const limits = { ...defaultLimits, ...options.limits };
  const gate = createGate(limits);
  const verify = createVerifier(options, limits);

  async function admit(request: IncomingMessage): Promise<Received> {
    const early = checkHeaders(request, limits);
    if (early) return early;
    const pass = gate.enter(request.socket.remoteAddress ?? '', declaredBytes(request, limits));
    if (!pass) return rejected(429, 'busy');
    let outcome: 'accepted' | 'refused' = 'refused';
    try {
      const body = await readBody(request, limits);
      const received = Buffer.isBuffer(body) ? verify(request, body) : body;
      if (received.kind !== 'rejected') outcome = 'accepted';
      return received;
    } finally {
      pass.leave(outcome);
    }
  }

  return {
    async receive(request) {
      const received = await admit(request);
      if (received.kind === 'rejected') discard(request, limits);
      return received;
    },
  };
}

function createVerifier(options: IngressOptions, limits: Limits): (request: IncomingMessage, raw: Buffer) => Received {
  const cipher = createCipher(options.encryptKeys);
  return (request, raw) => {
    const now = options.clock.now().getTime();
    const signature = checkSignature(request.headers, raw, options.encryptKeys, limits, now);
    if (signature.state === 'invalid') return rejected(401, 'signature');
    const body = cipher.open(raw, signature.state === 'valid' ? [signature.key] : options.encryptKeys);
    if (!body) return rejected(401, 'unreadable');
    // Feishu does not sign its challenge; whatever else comes unsigned ends here.
    if (body.type === 'url_verification') return answerChallenge(body, options.verificationToken);
    if (signature.state === 'absent') return rejected(401, 'unsigned');
    const credentials = parseCredentials(body);
    if (!credentials || !isOurs(credentials, options)) return rejected(401, 'credentials');
    const envelope = parseEnvelope(body);
    return envelope ? toReceived(envelope) : rejected(400, 'envelope');
  };
}

function answerChallenge(body: Record<string, unknown>, verificationToken: string): Received {
  const asked = parseChallenge(body);
  if (!asked || !sameSecret(asked.token, verificationToken)) return rejected(401, 'challenge');
  return { kind: 'challenge', challenge: asked.challenge };
}

function isOurs(given: Credentials, options: IngressOptions): boolean {
  const tenantKey = options.tenantKey?.() ?? null;
  const token = sameSecret(given.token, options.verificationToken);
  return token && given.app_id === options.appId && (tenantKey === null || given.tenant_key === tenantKey);
}

function toReceived(envelope: Envelope): Received | Rejected {
  if (envelope.header.event_type === CLICK) {
    const click = toCardClick(envelope);
    return click ? { kind: 'click', click } : rejected(400, 'click');
  }
  const event = toInboundEvent(envelope);
  return event ? { kind: 'event', event } : rejected(400, 'event');
}
