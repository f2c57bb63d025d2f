import { z } from 'zod';

/** The place at which the page begins; the first page has no token, or an empty one. */
const offset = z
  .string()
  .regex(/^[\w-]*$/)
  .default('')
  .transform((token, context) => {
    const start = Number(Buffer.from(token, 'base64url').toString());
    if (!Number.isInteger(start) || start < 0) context.addIssue({ code: 'custom', message: 'invalid page_token' });
    return start;
  });

/** The two query parameters of every list. */
export const paging = (most: number) => ({
  page_size: z.coerce.number().int().min(1).max(most).default(20),
  page_token: offset,
});

interface Page<T> {
  items: T[];
  has_more: boolean;
  page_token: string;
}

/** Cuts one page. The last one says so: an empty token with `has_more` would make the SDK read the first again. */
export function page<T>(all: readonly T[], { page_size: size, page_token: start }: PageQuery): Page<T> {
  const end = start + size;
  const more = end < all.length;
  return {
    items: all.slice(start, end),
    has_more: more,
    page_token: more ? Buffer.from(String(end)).toString('base64url') : '',
  };
}

interface PageQuery {
  page_size: number;
  page_token: number;
}
