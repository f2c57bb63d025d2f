export type NameOf = (id: string) => string;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

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
