import { useState } from 'preact/hooks';
import { attempt, type MessageView } from '../core/sandbox.ts';
import { answered, openThread, speakerKey } from '../core/state.ts';
import { say } from '../core/toast.ts';
import { IconButton } from '../ui/icon.tsx';
import { topicOf } from './conversation.ts';
import { backToMessage, takeFocus } from './keys.ts';
import { useLog } from './log.ts';
import { Palette } from './reactions.tsx';
import { recall } from './recall.ts';

const copy = (text: string): Promise<boolean> =>
  attempt(async () => {
    await navigator.clipboard.writeText(text);
    say('success', '已复制');
  });

/** What can be done with a message. */
export function Toolbar({ message }: { message: MessageView }) {
  const [choosing, setChoosing] = useState(false);
  const { conversation } = useLog();
  return (
    <div class={`message-tools ${choosing ? 'palette' : ''}`} role="toolbar" aria-label="消息操作">
      {choosing ? (
        <Palette message={message} onDone={() => setChoosing(false)} />
      ) : (
        <>
          <IconButton icon="smile" label="表情" onClick={() => setChoosing(true)} />
          {conversation.topic === null && <AnswerButtons message={message} />}
          <IconButton icon="copy" label="复制" onClick={() => copy(message.text)} />
          {message.from === speakerKey.value && <RecallButton message={message} />}
        </>
      )}
    </div>
  );
}

function AnswerButtons({ message }: { message: MessageView }) {
  const { tools } = useLog();
  const reply = (): void => {
    answered.value = message;
    tools.value = null;
  };
  const replyInTopic = (): void => {
    openThread.value = topicOf(message);
    tools.value = null;
  };
  return (
    <>
      <IconButton icon="reply" label="回复" onClick={reply} />
      <IconButton icon="thread" label="话题回复" onClick={replyInTopic} />
    </>
  );
}

/** Asks by turning into another button: the second click recalls. */
function RecallButton({ message }: { message: MessageView }) {
  const [asked, setAsked] = useState(false);
  if (!asked) return <IconButton icon="recall" label="撤回" onClick={() => setAsked(true)} />;
  const goOn = (event: Event): void => {
    backToMessage(event);
    void recall(message);
  };
  return (
    <button ref={takeFocus} type="button" class="sure" onBlur={() => setAsked(false)} onClick={goOn}>
      确定撤回
    </button>
  );
}
