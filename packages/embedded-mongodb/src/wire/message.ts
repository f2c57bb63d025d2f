import { decode, decodeAt } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, isDoc, type OutDoc } from '../bson/types.ts';
import { ServerError } from '../errors.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED = CHECKSUM | MORE_TO_COME;

/** The largest message that is read, as hello announces it. */
export const MAX_MESSAGE = 48_000_000;

/** One request: its body, and the document sequences beside it as raw bytes. */
export type Request = {
  id: number;
  legacy: boolean;
  answer: boolean;
  body: Doc;
  sequences: Map<string, Buffer[]>;
};

/** A message whose content was refused: it can be answered, and the connection goes on. */
export type Refused = Pick<Request, 'id' | 'legacy' | 'answer'> & { refusal: ServerError };

/** Reads one whole message. Throws when its form is broken: then the connection cannot go on. */
export function readMessage(message: Buffer): Request | Refused {
  try {
    return readBody(message);
  } catch (error) {
    const known = message.length > 20 && message.readInt32LE(12) === OP_MSG;
    if (!(error instanceof ServerError) || !known) throw error;
    const answer = (message.readUInt32LE(16) & MORE_TO_COME) === 0;
    return { id: message.readInt32LE(4), legacy: false, answer, refusal: error };
  }
}

function readBody(message: Buffer): Request {
  const opCode = message.readInt32LE(12);
  const id = message.readInt32LE(4);
  if (opCode === OP_MSG) return readMsg(message, id);
  if (opCode === OP_QUERY) return readQuery(message, id);
  throw new ServerError(352, `Unsupported OP code ${opCode}`);
}

function readMsg(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(16);
  if ((flags & 0xffff & ~KNOWN_REQUIRED) !== 0)
    throw new ServerError(2, `unknown required flag bits in OP_MSG: ${flags}`);
  const end = message.length - ((flags & CHECKSUM) !== 0 ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Doc | undefined;
  let at = 20;
  while (at < end) {
    const kind = message[at];
    if (kind === 0 && body === undefined) {
      const section = decodeAt(message, at + 1);
      body = section.value;
      at = section.end;
    } else if (kind === 1) at = readSequence(message, at + 1, sequences);
    else throw new ServerError(2, `bad section of kind ${kind} in OP_MSG`);
  }
  if (body === undefined || at !== end) throw new ServerError(2, 'OP_MSG without a body section');
  return { id, legacy: false, answer: (flags & MORE_TO_COME) === 0, body, sequences };
}

function readSequence(message: Buffer, start: number, sequences: Map<string, Buffer[]>): number {
  const end = start + message.readInt32LE(start);
  const zero = message.indexOf(0, start + 4);
  if (end > message.length || zero < 0 || zero >= end) throw new ServerError(2, 'malformed document sequence');
  const documents: Buffer[] = [];
  let at = zero + 1;
  while (at < end) {
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > end) throw new ServerError(2, 'malformed document sequence');
    documents.push(message.subarray(at, at + size));
    at += size;
  }
  sequences.set(message.toString('utf8', start + 4, zero), documents);
  return end;
}

/** The old form, which drivers use for the very first hello only. */
function readQuery(message: Buffer, id: number): Request {
  const zero = message.indexOf(0, 20);
  const namespace = message.toString('utf8', 20, zero);
  if (zero < 0 || !namespace.endsWith('.$cmd')) throw new ServerError(352, 'OP_QUERY is only accepted for hello');
  const outer = decode(message.subarray(zero + 9, zero + 9 + message.readInt32LE(zero + 9)));
  const inner = outer.get('$query');
  const body = isDoc(inner) ? inner : outer;
  const command = body.keys().next().value ?? '';
  if (!['hello', 'ismaster', 'isMaster'].includes(command))
    throw new ServerError(352, `Unsupported OP_QUERY command: ${command}`);
  body.set('$db', namespace.slice(0, -5));
  return { id, legacy: true, answer: true, body, sequences: new Map() };
}

let lastId = 0;

/** Writes the answer to a request in the form the request had. */
export function writeReply(request: Pick<Request, 'id' | 'legacy'>, body: OutDoc): Buffer[] {
  lastId = (lastId + 1) & 0x7fffffff;
  const document = encode(body);
  const head = Buffer.alloc(request.legacy ? 36 : 21);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(lastId, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) head.writeInt32LE(1, 32);
  return [head, document];
}
