import { openChat, privateChat } from '../core/actions.ts';
import type { ChatView } from '../core/sandbox.ts';
import { chatKey, chats, clock, nameOf, personOf, speaker, speakerKey, unread, world } from '../core/state.ts';
import { dayKey, shortDayText, timeText } from '../core/time.ts';
import { Avatar, GroupAvatar } from '../ui/avatar.tsx';

const byNewest = (one: ChatView, other: ChatView): number => other.last - one.last;

/** The chats of the one who speaks; below, folded, those of everybody else. */
export function ChatList() {
  const me = speakerKey.value ?? '';
  const all = [...chats.value].sort(byNewest);
  const own = speaker.value ? privateChat(speaker.value) : null;
  const mine = all.filter(({ type, members }) => type === 'group' && members.includes(me));
  const others = all.filter(({ type, members }) => type === 'group' && !members.includes(me));
  const otherPrivates = all.filter(({ chat, type, last }) => type === 'p2p' && chat !== own?.chat && last > 0);
  return (
    <nav class="chat-list" aria-label="会话">
      <Section chats={own ? [own, ...mine] : mine} title={`${speaker.value?.name ?? ''}的会话`} me={me} />
      <Folded chats={otherPrivates} title="其他人与机器人的私聊" />
      <Folded chats={others} title="其他群" />
    </nav>
  );
}

const Section = ({ chats: shown, title, me }: { chats: readonly ChatView[]; title: string; me: string }) => (
  <section>
    <h2>{title}</h2>
    {shown.map((chat) => (
      <ChatButton key={chat.chat} chat={chat} fresh={unread(chat, me)} />
    ))}
  </section>
);

function Folded({ chats: shown, title }: { chats: readonly ChatView[]; title: string }) {
  if (shown.length === 0) return null;
  const unseen = (chat: ChatView): number => Math.min(...chat.members.map((key) => unread(chat, key)));
  const fresh = shown.filter((chat) => unseen(chat) > 0).length;
  return (
    <details>
      <summary>
        {title}（{shown.length}）{fresh > 0 && <span class="dot">{fresh}个有新消息</span>}
      </summary>
      {shown.map((chat) => (
        <ChatButton key={chat.chat} chat={chat} fresh={unseen(chat)} />
      ))}
    </details>
  );
}

function ChatButton({ chat, fresh }: { chat: ChatView; fresh: number }) {
  const isOpen = chat.chat === chatKey.value;
  return (
    <button
      type="button"
      class="chat-button"
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => openChat(chat.chat)}
    >
      {chat.type === 'group' ? <GroupAvatar name={chat.name} /> : <Avatar id="bot" />}
      <span class="chat-name">{titleOf(chat)}</span>
      <span class="chat-time">{chat.latest ? whenText(chat.latest.at) : ''}</span>
      <span class="chat-latest">{latestText(chat)}</span>
      {fresh > 0 && !isOpen && (
        <span class="badge">
          {fresh > 99 ? '99+' : fresh}
          <span class="hidden">条未读</span>
        </span>
      )}
    </button>
  );
}

/** A private chat is called after the other side: the bot for its own person, else whose chat it is. */
export function titleOf({ type, name, chat, members }: ChatView): string {
  if (type === 'group') return name;
  const [owner = chat] = members;
  const bot = world.value.bot.name;
  return owner === speakerKey.value ? bot : `${personOf(owner)?.name ?? owner}与${bot}`;
}

function latestText({ latest, type }: ChatView): string {
  if (!latest) return '还没有消息';
  return type === 'group' || latest.from !== 'bot' ? `${nameOf(latest.from)}：${latest.text}` : latest.text;
}

const whenText = (iso: string): string =>
  dayKey(iso) === dayKey(clock.value?.now ?? '') ? timeText(iso) : shortDayText(iso);
