import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { app } from './app.ts';

const aesKey = createHash('sha256').update(app.encryptKey).digest();

/** Whole HTTP requests, each a different event, encrypted and signed: made before the clock runs. */
export function prepareRequests(count: number): Buffer[] {
  const run = randomBytes(4).toString('hex');
  return Array.from({ length: count }, (_, index) => toRequest(sealed(message(`${run}${index}`))));
}

function message(id: string): string {
  const now = String(Date.now());
  return JSON.stringify({
    schema: '2.0',
    header: {
      event_id: `ev_${id}`,
      event_type: 'im.message.receive_v1',
      create_time: now,
      token: app.token,
      app_id: app.appId,
      tenant_key: 'tenant_1',
    },
    event: {
      sender: {
        sender_id: { union_id: `on_${id}`, open_id: 'ou_84aad35d084aa403a838cf73ee18467' },
        sender_type: 'user',
        tenant_key: 'tenant_1',
      },
      message: {
        message_id: `om_${id}`,
        create_time: now,
        chat_id: `oc_${Number.parseInt(id.slice(-2), 10) % 32}`,
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text: '@_user_1 主题党日 11月20日下午3点 党史馆 应到14实到12 赵甲出差 钱乙病假' }),
        mentions: [{ key: '@_user_1', id: { open_id: 'ou_bot' }, name: '支部助手', tenant_key: 'tenant_1' }],
      },
    },
  });
}

function sealed(plain: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', aesKey, iv);
  return JSON.stringify({ encrypt: Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64') });
}

function toRequest(body: string): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(Math.floor(Math.random() * 1e9));
  const signature = createHash('sha256').update(`${timestamp}${nonce}${app.encryptKey}${body}`).digest('hex');
  const head = [
    `POST ${app.path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${body.length}`,
    `X-Lark-Request-Timestamp: ${timestamp}`,
    `X-Lark-Request-Nonce: ${nonce}`,
    `X-Lark-Signature: ${signature}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
