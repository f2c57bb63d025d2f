import { type CardFault, fault } from './fault.ts';
import { isObject, type Json, objects, tagOf, text } from './tree.ts';

/** What the platform knows and a card may name. Without a function anything goes. */
export interface Known {
  image?: (key: string) => boolean;
  person?: (id: string) => boolean;
}

/** Data of the card's owner, or of a chart: no parts of the card. */
const OPAQUE: ReadonlySet<string> = new Set(['chart_spec', 'value', 'rows']);

/** Every object of a card, texts and icons included, outer before inner. */
export function partsOf(card: unknown): Json[] {
  const found: Json[] = [];
  const waiting: unknown[] = [card];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next.toReversed());
    if (!isObject(next)) continue;
    found.push(next);
    const inner = Object.entries(next).filter(([name]) => !OPAQUE.has(name));
    waiting.push(...inner.map(([, value]) => value).reverse());
  }
  return found;
}

const MARKDOWN: ReadonlySet<string> = new Set(['markdown', 'lark_md']);

/** The markdown of a part, without what stands in code. */
export function markdownOf(part: Json): string {
  if (!MARKDOWN.has(tagOf(part))) return '';
  return text(part.content)
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

const matches = (source: string, pattern: RegExp): string[] =>
  [...source.matchAll(pattern)].map(([, found = '']) => found);

function imagesOf(part: Json): string[] {
  const own = tagOf(part) === 'standard_icon' ? '' : text(part.img_key);
  const others = isObject(part.i18n_img_key) ? Object.values(part.i18n_img_key).map(text) : [];
  return [own, ...others, ...matches(markdownOf(part), /!\[[^\][]*\]\(([^)\s]*)\)/g)].filter((key) => key !== '');
}

function peopleOf(part: Json): string[] {
  if (tagOf(part) === 'person') return [text(part.user_id)];
  if (tagOf(part) === 'person_list') {
    return part.drop_invalid_user_id === true ? [] : objects(part.persons).map(({ id }) => text(id));
  }
  const mentioned = matches(markdownOf(part), /<at\s+ids?\s*=\s*['"]?([^'"\s>]+)/g);
  return mentioned.flatMap((ids) => ids.split(',')).filter((id) => id !== 'all');
}

/** Pictures that were never uploaded, people who do not exist. */
export function lintResources(parts: readonly Json[], { image, person }: Known): CardFault | null {
  const picture = image && parts.flatMap(imagesOf).find((key) => !image(key));
  if (picture !== undefined) return fault(200570, `card contains invalid image keys; ErrorValue: image key ${picture}`);
  const nobody = person && parts.flatMap(peopleOf).find((id) => !person(id));
  if (nobody === undefined) return null;
  return fault(100290, `there is an invalid user resource(at/person) in your card; ErrorValue: ${nobody}`);
}
