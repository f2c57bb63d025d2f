import { z } from 'zod';
import type { Place } from '../ports/messenger.ts';
import type { Called } from './called.ts';
import type { lark } from './sdk.ts';

const listed = z.object({
  items: z.array(z.object({ message_id: z.string(), body: z.object({ content: z.string() }).nullish() })).default([]),
  has_more: z.boolean().nullish(),
  page_token: z.string().nullish(),
});
const single = z.object({ items: z.array(z.object({ thread_id: z.string().nullish() })).min(1) });

type Api = {
  readonly client: InstanceType<typeof lark.Client>;
  readonly call: (request: () => Promise<unknown>) => Promise<Called>;
};
type Found = { readonly messageId: string } | null | 'unknown';
type Container = {
  readonly container_id_type: 'chat' | 'thread';
  readonly container_id: string;
  readonly start_time?: string;
};

const dataOf = <T>(called: Called, schema: z.ZodType<T>): T | null =>
  typeof called === 'string' || called.code !== 0 ? null : (schema.safeParse(called.data).data ?? null);

/** Page after page of one container, for the card that shows this code. */
const search = async ({ client, call }: Api, container: Container, code: string): Promise<Found> => {
  let token: string | undefined;
  do {
    const params = { ...container, page_size: 50, ...(token ? { page_token: token } : {}) };
    const page = dataOf(await call(() => client.im.v1.message.list({ params })), listed);
    if (!page) return 'unknown';
    const hit = page.items.find((item) => item.body?.content.includes(`#${code}`));
    if (hit) return { messageId: hit.message_id };
    token = page.has_more ? (page.page_token ?? undefined) : undefined;
  } while (token);
  return null;
};

/** Looks through a chat, and through the topic that the answered message belongs to: a chat's history leaves out what was said in topics. */
export const searchHistory = async (api: Api, place: Place, code: string, since: Date): Promise<Found> => {
  const start_time = String(Math.floor(since.getTime() / 1000) - 1);
  const inChat = await search(api, { container_id_type: 'chat', container_id: place.chatId, start_time }, code);
  const { answered } = place;
  if (inChat !== null || answered === null) return inChat;
  const path = { message_id: answered };
  const about = dataOf(await api.call(() => api.client.im.v1.message.get({ path })), single);
  if (!about) return 'unknown';
  const topic = about.items[0]?.thread_id;
  return topic ? search(api, { container_id_type: 'thread', container_id: topic }, code) : null;
};
