import { useComputed } from '@preact/signals';
import { put } from '../composer/box.ts';
import type { MessageView } from '../core/sandbox.ts';
import { nameOf, openThread, speakerKey } from '../core/state.ts';
import { timeText } from '../core/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon, IconButton } from '../ui/icon.tsx';
import { ContentOf } from './content.tsx';
import { useLog } from './log.ts';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { ReadMark } from './read-mark.tsx';
import { recalledTexts } from './recall.ts';
import { Toolbar } from './toolbar.tsx';

const canHover = matchMedia('(hover: hover)').matches;

interface Props {
  message: MessageView;
  opensGroup: boolean;
}

/**
 * One message of a list. It reads signals and keeps no state of its own, so it is drawn anew only when its properties
 * change: the feed replaces the message that changed and leaves its neighbours as they are.
 */
export function Message({ message, opensGroup }: Props) {
  const log = useLog();
  const { message_id: id } = message;
  const isTabStop = useComputed(() => log.tabStop.value === id).value;
  const isLit = useComputed(() => log.lit.value === id).value;
  const isLine = message.recalled || message.type === 'system';
  const side = isLine ? 'line' : message.from === speakerKey.value ? 'own' : '';
  return (
    <article
      class={`message ${side} ${opensGroup ? 'first' : ''} ${isLit ? 'lit' : ''}`}
      data-id={id}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={labelOf(message)}
    >
      {isLine ? <Line message={message} /> : <Full message={message} opensGroup={opensGroup} />}
    </article>
  );
}

/** "王辛 10:02 收到" */
function labelOf({ from, created_at, text, recalled }: MessageView): string {
  const [first = ''] = text.split('\n');
  return `${nameOf(from)} ${timeText(created_at)} ${recalled ? '已撤回' : first.slice(0, 60)}`;
}

/** What is said about a message rather than by it. */
function Line({ message: { message_id, from, text, recalled } }: { message: MessageView }) {
  const own = from === speakerKey.value ? recalledTexts.value.get(message_id) : undefined;
  return (
    <p class="message-line">
      {recalled ? `${nameOf(from)}撤回了一条消息` : text}
      {own !== undefined && (
        <button type="button" class="link" onClick={() => put({ text: own, caret: own.length })}>
          重新编辑
        </button>
      )}
    </p>
  );
}

const Full = ({ message, opensGroup }: Props) => (
  <>
    {opensGroup ? <Avatar id={message.from} /> : <Time iso={message.created_at} />}
    <div class="message-body">
      {opensGroup && <Head message={message} />}
      {message.quote && <Quote quote={message.quote} />}
      <div class="message-main">
        <div class="message-content">
          <ContentOf message={message} />
        </div>
        <Marks message={message} />
      </div>
      {message.reactions.length > 0 && <Reactions message={message} />}
      {message.thread && <ThreadLink thread={message.thread} />}
      <Tools message={message} />
    </div>
  </>
);

const Time = ({ iso }: { iso: string }) => (
  <time class="message-time" dateTime={iso}>
    {timeText(iso)}
  </time>
);

const Head = ({ message: { from, created_at } }: { message: MessageView }) => (
  <div class="message-head">
    <span class="message-name">{nameOf(from)}</span>
    {from === 'bot' && <span class="tag tint-blue">机器人</span>}
    <Time iso={created_at} />
  </div>
);

/** What happened to a message since it was sent. */
function Marks({ message }: { message: MessageView }) {
  const { from, edited, version, urgent } = message;
  const isOfInterest = from === 'bot' || from === speakerKey.value;
  if (canHover && !isOfInterest && urgent.length === 0 && version === 1) return null;
  return (
    <div class="message-marks">
      {urgent.length > 0 && <span class="tag tint-red">加急 {urgent.map(nameOf).join('、')}</span>}
      {edited ? <span>已编辑</span> : version > 1 && <span>已更新</span>}
      {isOfInterest && <ReadMark message={message} />}
      {!canHover && <More id={message.message_id} />}
    </div>
  );
}

function ThreadLink({ thread }: { thread: NonNullable<MessageView['thread']> }) {
  if (useLog().conversation.topic !== null) return null;
  return (
    <button type="button" class="thread-link" onClick={() => (openThread.value = thread.thread_id)}>
      <Icon name="thread" />
      {thread.replies}条回复
    </button>
  );
}

/** On a touch screen a button brings the tools. */
function More({ id }: { id: string }) {
  const { tools } = useLog();
  const isOpen = useComputed(() => tools.value === id).value;
  const toggle = (): void => {
    tools.value = isOpen ? null : id;
  };
  return <IconButton icon="more" label="消息操作" pressed={isOpen} onClick={toggle} />;
}

/** The tools of the message at which the pointer or the keyboard is. */
function Tools({ message }: { message: MessageView }) {
  const { tools } = useLog();
  const isOpen = useComputed(() => tools.value === message.message_id).value;
  return isOpen ? <Toolbar message={message} /> : null;
}
