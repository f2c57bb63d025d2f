import { batch } from '@preact/signals';
import { type ChatView, type ClockView, type FeedChanges, type FeedLog, type MessageView, sandbox } from './sandbox.ts';
import { chats, clock, connected } from './state.ts';

type Listener<T> = (news: T) => void;
const changeListeners = new Set<Listener<FeedChanges>>();
const logListeners = new Set<Listener<FeedLog>>();

/** Hears of new and changed messages, in order; returns how to stop. */
export function onChanges(listener: Listener<FeedChanges>): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Hears of API calls and events for as long as it listens: the feed carries them only then. */
export function onLog(listener: Listener<FeedLog>): () => void {
  logListeners.add(listener);
  reconnect();
  return () => {
    logListeners.delete(listener);
    reconnect();
  };
}

let source: EventSource | null = null;
let changed = 0;

/** Follows everything that happens from `after` on; the browser reconnects by itself. */
export function follow(after: number): void {
  changed = after;
  connect();
}

function reconnect(): void {
  if (source) connect();
}

function connect(): void {
  source?.close();
  const feed = new EventSource(sandbox.feedUrl(changed, logListeners.size > 0));
  source = feed;
  feed.addEventListener('open', () => {
    connected.value = true;
  });
  feed.addEventListener('error', () => {
    connected.value = false;
  });
  hear<FeedChanges>(feed, 'changes', (news) => {
    changed = news.changed;
    batch(() => {
      noteInChats(news);
      for (const listener of changeListeners) listener(news);
    });
  });
  hear<ClockView>(feed, 'clock', (now) => {
    clock.value = now;
  });
  hear<{ items: ChatView[] }>(feed, 'chats', ({ items }) => {
    chats.value = items;
  });
  // The sandbox began anew: what this page knows belongs to its earlier life.
  feed.addEventListener('restart', () => location.reload());
  hear<FeedLog>(feed, 'log', (news) => {
    for (const listener of logListeners) listener(news);
  });
}

function hear<T>(feed: EventSource, name: string, listener: Listener<T>): void {
  feed.addEventListener(name, (event: MessageEvent<string>) => listener(JSON.parse(event.data)));
}

/** The list of chats shows what is newest and what is unread. */
function noteInChats({ items, reads }: FeedChanges): void {
  const byChat = new Map(chats.value.map((chat) => [chat.chat, chat]));
  for (const message of items) byChat.set(message.chat, withMessage(byChat.get(message.chat), message));
  for (const { chat: key, person, position } of reads) {
    const chat = byChat.get(key);
    if (chat) byChat.set(key, { ...chat, reads: { ...chat.reads, [person]: position } });
  }
  chats.value = [...byChat.values()];
}

function withMessage(chat: ChatView | undefined, message: MessageView): ChatView {
  const known = chat ?? newPrivateChat(message);
  if (message.position < known.messages) return known;
  const [text = ''] = message.text.split('\n');
  const latest = { from: message.from, text: message.recalled ? '消息已撤回' : text, at: message.created_at };
  return { ...known, messages: message.position, last: message.seq, latest };
}

/** Only private chats come into being by being spoken in. */
function newPrivateChat({ chat, chat_id }: MessageView): ChatView {
  const key = chat.replace(/^p2p:/, '');
  return {
    chat,
    chat_id,
    name: key,
    type: 'p2p',
    members: [key],
    bot: true,
    messages: 0,
    last: 0,
    reads: {},
    latest: null,
  };
}
