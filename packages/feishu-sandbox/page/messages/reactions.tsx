import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';
import { nameOf, speakerKey } from '../core/state.ts';
import { chipsOf, emojiLabel, emojiTint, PALETTE } from './emoji.ts';
import { backToMessage, takeFocus } from './keys.ts';

/** The speaker chooses an emoji for a message, or takes the own one back. */
async function toggle({ message_id, reactions }: MessageView, emoji: string): Promise<void> {
  const as = speakerKey.value;
  if (as === null) return;
  const remove = reactions.some((one) => one.by === as && one.emoji === emoji);
  await attempt(() => sandbox.react({ message_id, as, emoji, remove }));
}

/** The emoji that were chosen for a message, with who chose them. */
export const Reactions = ({ message }: { message: MessageView }) => (
  <div class="reactions">
    {chipsOf(message.reactions).map(({ emoji, by }) => (
      <button
        key={emoji}
        type="button"
        class={`emoji-chip tint-${emojiTint(emoji)}`}
        aria-pressed={by.includes(speakerKey.value ?? '')}
        title={by.map(nameOf).join('、')}
        onClick={() => toggle(message, emoji)}
      >
        {emojiLabel(emoji)} {by.length}
        <span class="hidden">，{by.map(nameOf).join('、')}</span>
      </button>
    ))}
  </div>
);

/** The emoji to choose from. */
export function Palette({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const choose = (event: Event, emoji: string): void => {
    backToMessage(event);
    onDone();
    void toggle(message, emoji);
  };
  return (
    <>
      {PALETTE.map(({ type, label, tint }, index) => (
        <button
          key={type}
          ref={index === 0 ? takeFocus : null}
          type="button"
          class={`emoji-chip tint-${tint}`}
          onClick={(event) => choose(event, type)}
        >
          {label}
        </button>
      ))}
    </>
  );
}
