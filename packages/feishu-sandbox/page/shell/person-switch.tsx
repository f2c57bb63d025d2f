import { useState } from 'preact/hooks';
import { speakAs } from '../core/actions.ts';
import { chat, members, people, speaker } from '../core/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { PeopleList } from '../ui/people-list.tsx';

/** "说话的人": who speaks in this window. The members of the open chat come first. */
export function PersonSwitch() {
  const [open, setOpen] = useState(false);
  const person = speaker.value;
  if (!person) return null;
  const inChat = new Set(chat.value?.members ?? []);
  const others = people.value.filter(({ key }) => !inChat.has(key));
  const choose = (key: string): void => {
    setOpen(false);
    speakAs(key);
  };
  return (
    <>
      <button type="button" class="person-switch" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Avatar id={person.key} size="small" />
        <span class="person-lines">
          <span>
            <span class="speaks">说话的人：</span>
            {person.name}
          </span>
          <small>{person.title ?? ''}</small>
        </span>
        <Icon name="down" />
      </button>
      {open && (
        <Dialog title="换个人说话" class="person-dialog" onClose={() => setOpen(false)}>
          <PeopleList
            label="换个人说话"
            people={[...members.value, ...others]}
            chosen={new Set([person.key])}
            onChoose={({ key }) => choose(key)}
          />
        </Dialog>
      )}
    </>
  );
}
