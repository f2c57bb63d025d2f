type Download = Promise<{ getReadableStream(): AsyncIterable<unknown> }>;

/** The bytes of a download. When it is refused, the SDK leaves the reason in a stream: read here, so that it can be seen. */
export async function bytesOf(download: Download): Promise<Buffer> {
  try {
    return await readAll((await download).getReadableStream());
  } catch (error) {
    const { response } = error as { response?: { data: unknown } };
    if (response) response.data = JSON.parse((await readAll(response.data as AsyncIterable<unknown>)).toString('utf8'));
    throw error;
  }
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}
