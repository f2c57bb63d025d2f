import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { ChatView, MessageView } from '../core/sandbox.ts';
import { chats, nameOf } from '../core/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { readersOf } from './reading.ts';

const chatOf = (message: MessageView): ChatView | undefined => chats.value.find(({ chat }) => chat === message.chat);

/** "已读 3/14", or in a private chat "已读". */
function readText(message: MessageView): string {
  const chat = chatOf(message);
  if (!chat) return '';
  const { read, unread } = readersOf(chat, message);
  const everybody = read.length + unread.length;
  if (everybody === 0) return '';
  if (chat.type === 'group') return `已读 ${read.length}/${everybody}`;
  return unread.length === 0 ? '已读' : '未读';
}

/** How many have read a message; in a group it leads to who. */
export function ReadMark({ message }: { message: MessageView }) {
  const [open, setOpen] = useState(false);
  // Compared as a text: a mark is drawn anew when it says something else, not whenever somebody reads something.
  const text = useComputed(() => readText(message)).value;
  if (!text.includes('/')) return <span class="read-mark">{text}</span>;
  return (
    <>
      <button type="button" class="read-mark" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text}
      </button>
      {open && <ReadersDialog message={message} onClose={() => setOpen(false)} />}
    </>
  );
}

function ReadersDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const chat = chatOf(message);
  if (!chat) return null;
  const { read, unread } = readersOf(chat, message);
  return (
    <Dialog title="谁读过" class="readers" onClose={onClose}>
      <div class="readers-columns">
        <Names title="已读" keys={read} />
        <Names title="未读" keys={unread} />
      </div>
    </Dialog>
  );
}

const Names = ({ title, keys }: { title: string; keys: readonly string[] }) => (
  <section>
    <h3>
      {title}（{keys.length}）
    </h3>
    <ul>
      {keys.map((key) => (
        <li key={key}>
          <Avatar id={key} size="small" />
          {nameOf(key)}
        </li>
      ))}
    </ul>
  </section>
);
