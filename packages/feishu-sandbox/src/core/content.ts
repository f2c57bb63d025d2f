import type { AppCredentials } from './app-config.ts';
import type { Mention } from './records.ts';
import type { Sandbox } from './sandbox.ts';
import type { Person } from './world.ts';

/** Collects the mentions of one message: each gets the next `@_user_n`. */
export class Mentions {
  readonly list: Mention[] = [];

  add(one: Omit<Mention, 'key'>): string {
    const known = this.list.find(({ openId }) => openId === one.openId);
    if (known) return known.key;
    const key = `@_user_${this.list.length + 1}`;
    this.list.push({ key, ...one });
    return key;
  }

  person({ openId, unionId, name }: Person): string {
    return this.add({ openId, unionId, name, bot: false });
  }

  bot({ bot }: Sandbox): string {
    return this.add({ ...bot, bot: true });
  }

  /** By open_id, "all", or a name that stays as it is. */
  byId(sandbox: Sandbox, id: string, fallback: string): string {
    if (id === 'all') return '@_all';
    if (id === sandbox.bot.openId) return this.bot(sandbox);
    const person = sandbox.directory.person(id);
    return person ? this.person(person) : `@${fallback}`;
  }
}

const AT = /<at\s+user_id\s*=\s*["']?([^"'>\s]+)["']?\s*>([^<]*)<\/at>/g;

/** A text as it is sent → as it is received: mentions become placeholders, styles are dropped. */
export function receivedText(sandbox: Sandbox, sent: string, mentions: Mentions): string {
  return sent
    .replace(AT, (_whole, id: string, name: string) => mentions.byId(sandbox, id, name))
    .replace(/<\/?(?:b|i|u|s)>/g, '');
}

interface PostNode {
  tag: string;
  [field: string]: unknown;
}

/** A post as it is sent → as it is received: no locale around it, placeholders for mentions, markdown as text. */
export function receivedPost(sandbox: Sandbox, sent: unknown, mentions: Mentions): unknown {
  const post = unwrapLocale(sent);
  const paragraphs = Array.isArray(post.content) ? post.content : [];
  const content = paragraphs.map((nodes) =>
    Array.isArray(nodes) ? nodes.map((node: PostNode) => receivedNode(sandbox, node, mentions)) : [],
  );
  return { title: typeof post.title === 'string' ? post.title : '', content };
}

function unwrapLocale(sent: unknown): { title?: unknown; content?: unknown } {
  if (typeof sent !== 'object' || sent === null) return {};
  if ('content' in sent) return sent;
  const [first] = Object.values(sent);
  return typeof first === 'object' && first !== null ? first : {};
}

function receivedNode(sandbox: Sandbox, node: PostNode, mentions: Mentions): PostNode {
  if (node.tag === 'at') {
    const id = String(node.user_id ?? '');
    const key = mentions.byId(sandbox, id, String(node.user_name ?? id));
    return { tag: 'at', user_id: key, user_name: id === 'all' ? '所有人' : sandbox.nameOf(id) };
  }
  if (node.tag === 'md') return { tag: 'text', text: receivedText(sandbox, String(node.text ?? ''), mentions) };
  return node;
}

/** Writes a person's text: `@姓名` of a member and `@机器人` become mentions; `mention` puts the bot in front if it is absent. */
export function spokenText(
  sandbox: Sandbox,
  text: string,
  members: Person[],
  mention: boolean,
  mentions: Mentions,
): string {
  const names = [...members.map((person) => person.name), sandbox.bot.name, '所有人'].sort(
    (a, b) => b.length - a.length,
  );
  const pattern = new RegExp(`@(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'g');
  const key = (name: string): string => {
    if (name === '所有人') return '@_all';
    const person = members.find((one) => one.name === name);
    return name === sandbox.bot.name || !person ? mentions.bot(sandbox) : mentions.person(person);
  };
  if (!mention || text.includes(`@${sandbox.bot.name}`))
    return text.replace(pattern, (_whole, name: string) => key(name));
  const front = mentions.bot(sandbox);
  const rest = text.replace(pattern, (_whole, name: string) => key(name));
  return rest === '' ? front : `${front} ${rest}`;
}

/** Placeholders → names, for people to read. The longest number first: `@_user_1` is the beginning of `@_user_10`. */
export function withNames(text: string, mentions: readonly Mention[]): string {
  const keys = [...mentions].sort((a, b) => b.key.length - a.key.length);
  return keys
    .reduce((result, { key, name }) => result.replaceAll(key, `@${name}`), text)
    .replace(/@_all\b/g, '@所有人');
}

/** Mentions as an event carries them. */
export function eventMentions(mentions: readonly Mention[], app: AppCredentials): object[] {
  return mentions.map(({ key, openId, unionId, name, bot }) => ({
    key,
    id: { union_id: unionId, open_id: openId },
    mentioned_type: bot ? 'bot' : 'user',
    name,
    tenant_key: app.tenant_key,
  }));
}

/** Mentions as a message read through the API carries them. */
export function apiMentions(mentions: readonly Mention[], app: AppCredentials): object[] {
  return mentions.map(({ key, openId, name }) => ({
    key,
    id: openId,
    id_type: 'open_id',
    name,
    tenant_key: app.tenant_key,
  }));
}
