import type { IncomingMessage } from 'node:http';
import type { Limits } from './limits.ts';
import { type Rejected, rejected } from './received.ts';

const JSON_TYPE = /^application\/json[\t ]*(?:;[\t ]*charset="?utf-8"?[\t ]*)?$/i;

/** What the headers alone rule out: 415 before 413. */
export function checkHeaders(request: IncomingMessage, limits: Limits): Rejected | null {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) return rejected(415, 'type');
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return rejected(415, 'encoding');
  return declaredBytes(request, limits) > limits.maxBodyBytes ? rejected(413, 'size') : null;
}

/** The length the client states, or the largest allowed when it states none. */
export function declaredBytes(request: IncomingMessage, limits: Limits): number {
  const declared = request.headers['content-length'];
  return declared === undefined ? limits.maxBodyBytes : Number(declared);
}

/** The bytes exactly as they came: the signature is over them, not over what they mean. */
export function readBody(request: IncomingMessage, limits: Limits): Promise<Buffer | Rejected> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: Buffer | Rejected) => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', abort).off('error', abort);
      request.on('error', ignore);
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.maxBodyBytes) settle(rejected(413, 'size'));
      else chunks.push(chunk);
    };
    const finish = () => settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    const abort = () => settle(rejected(400, 'aborted'));
    const timer = setTimeout(() => settle(rejected(408, 'slow body')), limits.bodyTimeoutMs);
    request.on('data', take).on('end', finish).on('close', abort).on('error', abort);
  });
}

/** Reads on and throws away, so that the client sees the refusal instead of a reset; ends with the body time-out. */
export function discard(request: IncomingMessage, limits: Limits): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), limits.bodyTimeoutMs);
  request.once('close', () => clearTimeout(timer)).once('end', () => clearTimeout(timer));
  request.on('error', ignore);
  request.resume();
}

function ignore(): void {}
