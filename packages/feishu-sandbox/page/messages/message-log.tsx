import { useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onChanges } from '../core/feed.ts';
import { attempt } from '../core/sandbox.ts';
import { clock } from '../core/state.ts';
import { dayText } from '../core/time.ts';
import { Icon } from '../ui/icon.tsx';
import { Announcer } from './announcer.tsx';
import { attention } from './attention.ts';
import { onFocusIn, onKeyDown, onPointerOver } from './keys.ts';
import { createLog, hear, type Log, LogScope, leadToEnd, readOn } from './log.ts';
import { markRead } from './mark-read.ts';
import { Message } from './message.tsx';
import { type Row, rowsOf } from './rows.ts';

const LIT_MS = 2000;

/** The messages of a conversation, of which only those around the reader are kept. */
export function MessageLog({ chat, topic, label }: { chat: string; topic: string | null; label: string }) {
  const [log] = useState(() => createLog({ chat, topic }));
  return (
    <LogScope.Provider value={log}>
      <div class="message-area">
        <Scroller log={log} label={label} />
        <ReadingLine log={log} />
        <ToEnd log={log} />
        <Announcer news={log.news} />
      </div>
    </LogScope.Provider>
  );
}

function Scroller({ log, label }: { log: Log; label: string }) {
  const { timeline, place, tools } = log;
  const content = useRef<HTMLDivElement>(null);
  useFollowing(log);
  useReading(log);
  usePlace(log, content);
  const shown = timeline.window.value;
  return (
    <div
      ref={(element) => place.attach(element)}
      class="message-list"
      role="log"
      aria-label={label}
      aria-live="off"
      onScroll={() => {
        place.note();
        void readOn(log);
      }}
      onKeyDown={(event) => onKeyDown(event, log)}
      onPointerOver={(event) => onPointerOver(event, log)}
      onPointerLeave={() => (tools.value = null)}
      onFocusIn={(event) => onFocusIn(event, log)}
    >
      <div ref={content} class="messages">
        {shown?.items.length === 0 && <p class="quiet centred">还没有消息</p>}
        {rowsOf(shown?.items ?? []).flatMap(rowNodes)}
      </div>
    </div>
  );
}

// Flat: in a list inside the list, Preact would know the messages by place and not by key.
const rowNodes = ({ message, opensDay, opensGroup }: Row) => [
  opensDay && (
    <p key={`day ${message.message_id}`} class="day-line">
      {dayLine(message.created_at)}
    </p>
  ),
  <Message key={message.message_id} message={message} opensGroup={opensGroup} />,
];

/** The year is said only when it is another one than now. */
function dayLine(iso: string): string {
  const year = (clock.peek()?.now ?? '').slice(0, 4);
  return iso.startsWith(year) ? dayText(iso).replace(/^\d+年/, '') : dayText(iso);
}

/** Reads the newest messages first, then hears what happens. */
function useFollowing(log: Log): void {
  useEffect(() => {
    const stop = onChanges(({ items }) => hear(log, items));
    void attempt(() => log.timeline.open()).then(() => readOn(log));
    return stop;
  }, [log]);
}

/** What stands at the end of the chat counts as read when somebody looks at it. */
function useReading({ conversation, timeline, place }: Log): void {
  useSignalEffect(() => {
    const { items, toEnd } = timeline.window.value ?? { items: [], toEnd: false };
    if (!toEnd || !place.atEnd.value) return;
    timeline.seen();
    const last = items.at(-1);
    if (last && attention.value && conversation.topic === null) void markRead(last);
  });
}

/** After anything was drawn or grew, the reader is where he was, or where he wants to be. */
function usePlace(log: Log, content: { current: HTMLElement | null }): void {
  const { place, wanted, lit } = log;
  const isWanted = wanted.value;
  useLayoutEffect(() => {
    const element = isWanted === null ? null : place.element(isWanted);
    if (element) {
      place.goTo(element);
      wanted.value = null;
      lit.value = isWanted;
      setTimeout(() => (lit.value = lit.value === isWanted ? null : lit.value), LIT_MS);
    } else place.keep();
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => place.keep());
    const inner = content.current;
    if (inner) for (const element of [inner, inner.parentElement]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [place, content]);
}

const WORDS = { all: '正在读取消息', earlier: '正在读取更早的消息', later: '正在读取后面的消息' } as const;

function ReadingLine({ log: { timeline } }: { log: Log }) {
  const what = timeline.reading.value;
  return what && <p class={`reading-line ${what}`}>{WORDS[what]}</p>;
}

function ToEnd({ log }: { log: Log }) {
  const { timeline, place } = log;
  const isThere = place.atEnd.value && (timeline.window.value?.toEnd ?? true);
  if (isThere) return null;
  const fresh = timeline.fresh.value;
  return (
    <button type="button" class="to-end" onClick={() => leadToEnd(log)}>
      <Icon name="down" />
      回到最新{fresh > 0 && `（${fresh}条新消息）`}
    </button>
  );
}
