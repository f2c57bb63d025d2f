export interface Part {
  name: string;
  filename: string | null;
  bytes: Buffer;
}

const HEADER_END = Buffer.from('\r\n\r\n');

/** Reads a multipart/form-data body. A part without a file name is still bytes: the SDK sends buffers like that. */
export function parseMultipart(body: Buffer, contentType: string): Map<string, Part> | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)?.slice(1).find(Boolean);
  if (!/^multipart\/form-data/i.test(contentType) || boundary === undefined) return null;
  const parts = new Map<string, Part>();
  const delimiter = Buffer.from(`--${boundary}`);
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length + 2;
    const next = body.indexOf(delimiter, start);
    if (next < 0) break;
    const part = parsePart(body.subarray(start, next - 2));
    if (part) parts.set(part.name, part);
    at = next;
  }
  return parts;
}

function parsePart(bytes: Buffer): Part | null {
  const end = bytes.indexOf(HEADER_END);
  if (end < 0) return null;
  const head = bytes.toString('utf8', 0, end);
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
  const filename = /[;\s]filename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
  return name === undefined ? null : { name, filename, bytes: bytes.subarray(end + HEADER_END.length) };
}
