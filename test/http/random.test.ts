import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encrypt, envelope, push, sign } from '../support/signer.ts';
import { type Harness, now, startWebhook } from '../support/webhook.ts';

let web: Harness;
beforeAll(async () => {
  web = await startWebhook();
});
afterAll(() => web.stop());

const types = ['im.message.receive_v1', 'card.action.trigger', 'im.chat.disbanded_v1'];

it('random bytes, signed or not, never reach anything', async () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }).map(Buffer.from), fc.json().map(Buffer.from));
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom('outside', 'inside'), async (random, where) => {
      const body = where === 'outside' ? random : Buffer.from(JSON.stringify({ encrypt: encrypt(random) }));
      const signed = sign(body, { at: now });
      expect((await web.post(signed)).status).toBe(401);
      expect((await web.post({ body, headers: { 'content-type': 'application/json' } })).status).toBe(401);
    }),
    { numRuns: 100 },
  );
  expect([web.memory.rows, web.clicks]).toEqual([[], []]);
});

it('a random event is taken or refused, and never an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), fc.jsonValue(), fc.jsonValue(), async (type, event, header) => {
      const value = { ...envelope(type, {}), event };
      const reply = await web.post(push({ ...value, header: { ...value.header, create_time: header } }, { at: now }));
      expect([200, 400]).toContain(reply.status);
      const known = await web.post(push(value, { at: now }));
      expect([200, 400]).toContain(known.status);
    }),
    { numRuns: 100 },
  );
  expect(web.clicks).toEqual([]);
  expect(web.logged.filter((line) => /web\.failed|click\.failed|event\.refused/.test(line))).toEqual([]);
  expect(await web.stillWorks()).toBe(true);
});
