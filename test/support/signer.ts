import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** Feishu's side of the webhook, written from its documents and without a line of the code under test. */
export const app = {
  appId: 'cli_0123456789abcdef',
  encryptKey: 'canary-encrypt-key-5d1f',
  token: 'canary-verification-token-77aa',
  tenant: 'tenant_1',
};

export type Signed = { readonly body: Buffer; readonly headers: Record<string, string> };

/** `{"encrypt": base64(iv ‖ AES-256-CBC)}` of any text. */
export function encrypt(plain: string | Buffer, key: string = app.encryptKey): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
}

export function sealed(value: unknown, key?: string): string {
  return JSON.stringify({ encrypt: encrypt(JSON.stringify(value), key) });
}

export function signature(
  timestamp: string,
  nonce: string,
  body: Buffer | string,
  key: string = app.encryptKey,
): string {
  const bytes = Buffer.concat([Buffer.from(timestamp + nonce + key), Buffer.from(body)]);
  return createHash('sha256').update(bytes).digest('hex');
}

/** Headers and bytes as Feishu sends them at the instant `at`. */
export function sign(
  body: string | Buffer,
  { at = Date.now(), timestamp = String(Math.floor(at / 1000)), nonce = '173649', key = app.encryptKey } = {},
): Signed {
  const bytes = Buffer.from(body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature(timestamp, nonce, bytes, key),
  };
  return { body: bytes, headers };
}

export type Envelope = { schema: string; header: Record<string, unknown>; event: Record<string, unknown> };

let counter = 0;

/** A fresh envelope; `header` and `event` are laid over the usual ones. */
export function envelope(type: string, event: Record<string, unknown>, header: Record<string, unknown> = {}): Envelope {
  counter += 1;
  return {
    schema: '2.0',
    header: {
      event_id: `ev_${process.pid}_${counter}`,
      event_type: type,
      create_time: '1790000000123',
      token: app.token,
      app_id: app.appId,
      tenant_key: app.tenant,
      ...header,
    },
    event,
  };
}

/** A text message in a group. */
export function message(text = '主题党日', header: Record<string, unknown> = {}): Envelope {
  const id = `om_${process.pid}_${counter + 1}`;
  const event = {
    sender: {
      sender_id: { open_id: 'ou_canary_sender', union_id: 'on_1' },
      sender_type: 'user',
      tenant_key: app.tenant,
    },
    message: {
      message_id: id,
      create_time: '1790000000100',
      chat_id: 'oc_canary_chat',
      chat_type: 'group',
      message_type: 'text',
      content: JSON.stringify({ text }),
    },
  };
  return envelope('im.message.receive_v1', event, header);
}

export function click(action: Record<string, unknown>, header: Record<string, unknown> = {}): Envelope {
  const event = {
    operator: { open_id: 'ou_canary_sender', tenant_key: app.tenant },
    token: 'c-canary-update-token',
    action: { tag: 'button', ...action },
    host: 'im_message',
    context: { open_message_id: 'om_card', open_chat_id: 'oc_canary_chat' },
  };
  return envelope('card.action.trigger', event, header);
}

/** An encrypted and signed envelope. */
export function push(value: unknown, options: Parameters<typeof sign>[1] = {}): Signed {
  return sign(sealed(value, options.key), options);
}
