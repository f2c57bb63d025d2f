import { isObject, text } from '../../../src/cards/tree.ts';

/** A web address as it may be opened: http or https, else null. */
export function webUrl(value: unknown): string | null {
  const url = text(value).trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}

/** The address of a `card_link` or `multi_url`, for a desktop first. */
export const deviceUrl = (links: unknown): string | null =>
  isObject(links) ? (webUrl(links.pc_url) ?? webUrl(links.url) ?? webUrl(links.default_url)) : null;
