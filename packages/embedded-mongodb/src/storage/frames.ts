import { crc32 } from 'node:zlib';

/** Every file of the journal begins with this. */
export const MAGIC = Buffer.from('embedded-mongodb journal 1\n');

const HEAD = 8;

/** Wraps the bytes of one command: length, checksum, content. */
export function frame(parts: readonly Buffer[]): Buffer[] {
  let length = 0;
  let sum = 0;
  for (const part of parts) {
    length += part.length;
    sum = crc32(part, sum);
  }
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32LE(length, 0);
  head.writeUInt32LE(sum, 4);
  return [head, ...parts];
}

/** The contents of the whole and sound frames from the start of a file on, each with the offset where it ends. */
export function* frames(file: Buffer): Generator<{ payload: Buffer; end: number }> {
  let at = MAGIC.length;
  while (at + HEAD <= file.length) {
    const length = file.readUInt32LE(at);
    const end = at + HEAD + length;
    if (length === 0 || end > file.length) return;
    const payload = file.subarray(at + HEAD, end);
    if (crc32(payload) !== file.readUInt32LE(at + 4)) return;
    yield { payload, end };
    at = end;
  }
}
