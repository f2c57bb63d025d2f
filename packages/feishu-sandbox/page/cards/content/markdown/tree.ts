/** Markdown as it is drawn: what the lexer found, in the terms of Feishu, with nothing left to decode. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'break' | 'rule' }
  | { type: 'strong' | 'em' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; icon: string; children: Inline[] }
  | { type: 'image'; key: string; hover: string }
  | { type: 'mention'; ids: string[] }
  | { type: 'person'; id: string; name: boolean; avatar: boolean; capsule: boolean }
  | { type: 'font'; colour: string; children: Inline[] }
  | { type: 'tag'; colour: string; children: Inline[] }
  | { type: 'number'; text: string; background: string; url: string | null }
  | { type: 'datetime'; at: number | null; format: string; url: string | null }
  | { type: 'emoji'; label: string };

export type Side = 'left' | 'center' | 'right';

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'heading'; level: number; children: Inline[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'list'; start: number | null; items: Block[][] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'rule' }
  | { type: 'table'; align: (Side | null)[]; header: Inline[][]; rows: Inline[][][] };

/** The words alone, as they are read aloud or copied. */
export function plainText(nodes: readonly Inline[], nameOf: (id: string) => string): string {
  const words = (node: Inline): string => {
    if ('children' in node) return plainText(node.children, nameOf);
    if (node.type === 'break') return '\n';
    if (node.type === 'mention') return node.ids.map((id) => `@${nameOf(id)}`).join(' ');
    if (node.type === 'person') return nameOf(node.id);
    if (node.type === 'image') return node.hover;
    if (node.type === 'emoji') return node.label;
    return 'text' in node ? node.text : '';
  };
  return nodes.map(words).join('');
}
