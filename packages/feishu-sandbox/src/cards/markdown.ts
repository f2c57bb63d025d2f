import { decodeEntities } from './entities.ts';

export type NameOf = (id: string) => string;

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\b${name}\\s*=\\s*(?:'([^']*)'|"([^"]*)"|([^\\s>]+))`).exec(tag)?.slice(1).find(Boolean) ?? '';

const atName = (tag: string, nameOf: NameOf): string => {
  const ids = (attribute(tag, 'id') || attribute(tag, 'ids') || attribute(tag, 'email')).split(',');
  return ids.map((id) => (id === 'all' ? '@所有人' : `@${nameOf(id)}`)).join(' ');
};

/** What a reader sees of a card's markdown. */
export function visibleMarkdown(source: string, nameOf: NameOf): string {
  const plain = source
    .replace(/<at\s[^>]*>(?:[^<]*<\/at>)?/g, (tag) => atName(tag, nameOf))
    .replace(/<person\s[^>]*>(?:[^<]*<\/person>)?/g, (tag) => nameOf(attribute(tag, 'id')))
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/?[a-z_]+(?:\s[^<>]*)?\/?>/g, '')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*([^\n]+?)\*\*/g, '$1')
    .replace(/~~([^\n]+?)~~/g, '$1')
    .replace(/(^|[^*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?!\*)/g, '$1$2')
    .replace(/`([^`\n]+)`/g, '$1');
  return decodeEntities(plain);
}
