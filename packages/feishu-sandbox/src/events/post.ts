import { type IncomingMessage, request } from 'node:http';

export interface PostResult {
  /** 0 = no HTTP answer. */
  status: number;
  ms: number;
  body: string;
  /** `unset` = there is no address to send to. */
  error?: 'unset' | 'timeout' | 'refused' | 'dns' | 'dropped';
}

const BODY_LIMIT = 1 << 20;

/** One POST on a connection of its own: a pooled one may be half dead, which would look like a failed delivery. */
export function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<PostResult> {
  if (url === '') return Promise.resolve({ status: 0, ms: 0, body: '', error: 'unset' });
  const started = performance.now();
  const took = (): number => Math.round(performance.now() - started);
  return new Promise((resolve) => {
    const fail = (error: PostResult['error'] & string): void => resolve({ status: 0, ms: took(), body: '', error });
    const length = String(Buffer.byteLength(body));
    const options = {
      method: 'POST',
      agent: false as const,
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': length, ...headers },
    };
    const outgoing = request(url, options, (response) => {
      readAll(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, ms: took(), body: text }),
        () => fail(expired ? 'timeout' : 'refused'),
      );
    });
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      outgoing.destroy(new Error('timeout'));
    }, timeoutMs);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (expired) fail('timeout');
      else fail(error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN' ? 'dns' : 'refused');
    });
    outgoing.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('answer too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
