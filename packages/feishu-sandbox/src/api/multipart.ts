import { Busboy, type BusboyFileStream } from '@fastify/busboy';

export interface Part {
  name: string;
  filename: string | null;
  bytes: Buffer;
}

/** Reads a multipart/form-data body; null = it is none. A part without a file name is still bytes: the SDK sends buffers like that. */
export async function parseMultipart(body: Buffer, contentType: string): Promise<Map<string, Part> | null> {
  const parts = new Map<string, Part>();
  try {
    const reader = new Busboy({ headers: { 'content-type': contentType }, isPartAFile: () => true });
    const reading: Promise<void>[] = [];
    reader.on('file', (name, stream, filename) => {
      reading.push(bytesOf(stream).then((bytes) => void parts.set(name, { name, filename: filename ?? null, bytes })));
    });
    await new Promise((resolve, reject) => reader.on('finish', resolve).on('error', reject).end(body));
    await Promise.all(reading);
    return parts;
  } catch {
    return null;
  }
}

async function bytesOf(stream: BusboyFileStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
