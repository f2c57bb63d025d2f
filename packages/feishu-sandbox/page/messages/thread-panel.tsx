import { useEffect, useState } from 'preact/hooks';
import { onChanges } from '../core/feed.ts';
import { attempt, sandbox } from '../core/sandbox.ts';
import { chat, openThread, speaker } from '../core/state.ts';
import { IconButton } from '../ui/icon.tsx';
import { firstOfNew } from './conversation.ts';
import { MessageLog } from './message-log.tsx';

/** The open topic, beside the chat. */
export function ThreadPanel() {
  const topic = openThread.value;
  const key = chat.value?.chat;
  useEffect(() => followNew(topic), [topic]);
  if (topic === null || key === undefined) return null;
  return (
    <aside class="thread-panel" aria-label="话题">
      <header>
        <h2>话题</h2>
        <IconButton icon="close" label="关闭话题" onClick={() => (openThread.value = null)} />
      </header>
      <MessageLog key={topic} chat={key} topic={topic} label="话题里的消息" />
      <AnswerForm topic={topic} />
    </aside>
  );
}

/** The first answer makes a topic, whoever gives it: from then on it has an id. */
function followNew(topic: string | null): (() => void) | undefined {
  const first = firstOfNew(topic);
  if (first === null) return undefined;
  return onChanges(({ items }) => {
    const { thread } = items.find(({ message_id }) => message_id === first) ?? {};
    if (thread) openThread.value = thread.thread_id;
  });
}

function AnswerForm({ topic }: { topic: string }) {
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    const said = text.trim();
    if (said === '') return;
    setText('');
    if (!(await attempt(() => answer(topic, said)))) setText(said);
  };
  const sendByEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form class="answer-form" onSubmit={(event) => event.preventDefault()}>
      <textarea
        rows={2}
        value={text}
        aria-label="回复话题"
        placeholder={`以${speaker.value?.name ?? ''}的身份回复话题`}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={sendByEnter}
      />
      <IconButton icon="send" label="发送回复" disabled={text.trim() === ''} onClick={send} />
    </form>
  );
}

async function answer(topic: string, text: string): Promise<void> {
  const as = speaker.value?.key;
  const first = firstOfNew(topic);
  if (as === undefined) return;
  await sandbox.say({
    as,
    text,
    ...(first === null ? { chat: chat.value?.chat, thread: topic } : { reply_to: first, thread: true }),
  });
}
