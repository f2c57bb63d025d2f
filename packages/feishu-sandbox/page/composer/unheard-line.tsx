import { batch, computed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { draft, place } from '../core/drafts.ts';
import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';
import { answered, chat, world } from '../core/state.ts';
import { isGroup, mentionable, put, suggestions } from './box.ts';
import { isUnheard } from './hearing.ts';
import { lastSaid } from './send.ts';
import { withMention } from './suggest.ts';

interface Remark {
  text: string;
  answers: MessageView | null;
}

/** What stands in the box; in an empty box, what was said last. */
const remark = computed<Remark | null>(() => {
  if (draft.value.trim() !== '') return { text: draft.value, answers: answered.value };
  return lastSaid.value?.place === place.value ? lastSaid.value : null;
});

/** The remark, if it is meant for the bot and does not mention it. A command still to be chosen brings the mention. */
const missed = computed<Remark | null>(() => {
  if (!isGroup.value || !chat.value?.bot || suggestions.value || !remark.value) return null;
  const { text, answers } = remark.value;
  return isUnheard({ text, answersBot: answers?.from === 'bot' }, mentionable.value) ? remark.value : null;
});

/** Tells, before or after it is sent, that the bot cannot hear a remark meant for it. */
export const UnheardLine = () => <div role="status">{missed.value && <MentionOffer {...missed.value} />}</div>;

function MentionOffer({ text, answers }: Remark) {
  const hearsAll = useSignal(true);
  useEffect(() => {
    void attempt(async () => {
      hearsAll.value = (await sandbox.app()).group_messages === 'all';
    });
  }, []);
  if (hearsAll.value) return null;
  const { name } = world.value.bot;
  const add = (): void =>
    batch(() => {
      const mentioned = withMention(text, name);
      put({ text: mentioned, caret: mentioned.length });
      answered.value = answers;
    });
  return (
    <p class="unheard">
      这条没有@{name}，机器人看不到
      <button type="button" onClick={add}>
        加上@
      </button>
    </p>
  );
}
