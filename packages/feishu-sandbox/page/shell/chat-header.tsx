import { useState } from 'preact/hooks';
import { speakAs } from '../core/actions.ts';
import { chat, chatKey, members } from '../core/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon.tsx';
import { PeopleList } from '../ui/people-list.tsx';
import { titleOf } from './chat-list.tsx';

const FACES = 5;

/** The title of the open chat and its members; choosing one lets that person speak. */
export function ChatHeader() {
  const [open, setOpen] = useState(false);
  const current = chat.value;
  if (!current) return null;
  const choose = (key: string): void => {
    setOpen(false);
    speakAs(key);
  };
  return (
    <header class="chat-header">
      <IconButton class="back" icon="back" label="返回会话列表" onClick={() => (chatKey.value = null)} />
      <h1>{titleOf(current)}</h1>
      {current.type === 'group' && (
        <button type="button" class="faces" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {members.value.slice(0, FACES).map(({ key }) => (
            <Avatar key={key} id={key} size="small" />
          ))}
          <span>{current.members.length}人</span>
        </button>
      )}
      {!current.bot && <span class="tag tint-grey">机器人不在群里</span>}
      {open && (
        <Dialog title={`群成员（${current.members.length}）`} onClose={() => setOpen(false)}>
          <PeopleList label="群成员" people={members.value} chosen={new Set()} onChoose={({ key }) => choose(key)} />
        </Dialog>
      )}
    </header>
  );
}
