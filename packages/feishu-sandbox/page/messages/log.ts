import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { attempt, type MessageView, sandbox } from '../core/sandbox.ts';
import { openThread, speakerKey } from '../core/state.ts';
import { belongs, type Conversation, timelineOf } from './conversation.ts';
import { ReadingPlace } from './place.ts';
import type { Timeline } from './timeline.ts';

/** What the messages of one list share. */
export interface Log {
  conversation: Conversation;
  timeline: Timeline;
  place: ReadingPlace;
  /** The message whose tools are shown. */
  tools: Signal<string | null>;
  /** The message that was last focused; Tab leads back to it, and the arrow keys go on from it. */
  focused: Signal<string | null>;
  tabStop: ReadonlySignal<string | null>;
  /** The message to scroll to as soon as it is there; then it lights up for a moment. */
  wanted: Signal<string | null>;
  lit: Signal<string | null>;
  /** The newest message, to be read aloud. */
  news: Signal<MessageView | null>;
}

export function createLog(conversation: Conversation): Log {
  const timeline = timelineOf(conversation);
  const focused = signal<string | null>(null);
  return {
    conversation,
    timeline,
    place: new ReadingPlace(() => timeline.window.peek()?.toEnd ?? true),
    tools: signal(null),
    focused,
    tabStop: computed(() => tabStopOf(timeline, focused.value)),
    wanted: signal(null),
    lit: signal(null),
    news: signal(null),
  };
}

function tabStopOf(timeline: Timeline, focused: string | null): string | null {
  const items = timeline.window.value?.items ?? [];
  const isThere = items.some(({ message_id }) => message_id === focused);
  return isThere ? focused : (items.at(-1)?.message_id ?? null);
}

export const LogScope = createContext<Log | null>(null);

export function useLog(): Log {
  const log = useContext(LogScope);
  if (!log) throw new Error('a message outside a list');
  return log;
}

/** Leads to a message, wherever it stands: in this list, further back, or in a topic. */
export async function leadTo({ conversation, timeline, wanted }: Log, id: string): Promise<void> {
  wanted.value = id;
  if (timeline.find(id)) return;
  const worked = await attempt(async () => {
    const message = await sandbox.message(id);
    if (belongs(message, conversation)) await timeline.openAround(message.seq);
    else openThread.value = message.thread_id;
  });
  if (!worked || !timeline.find(id)) wanted.value = null;
}

/** Leads to the newest message. */
export async function leadToEnd({ timeline, place }: Log): Promise<void> {
  if (!timeline.window.value?.toEnd) await attempt(() => timeline.open());
  place.stayAtEnd();
}

/** Reads on where the list is about to end, until it goes on far enough. */
export async function readOn(log: Log): Promise<void> {
  await attempt(async () => {
    while (await readNear(log));
  });
}

async function readNear({ timeline, place }: Log): Promise<boolean> {
  for (const way of place.nearEdges()) if (await timeline.readOn(way)) return true;
  return false;
}

/** Takes in what the feed tells. What the speaker says is always shown; else the reader is left where he is. */
export function hear(log: Log, items: readonly MessageView[]): void {
  const { conversation, timeline, place, news } = log;
  const own = items.filter((message) => belongs(message, conversation));
  if (own.length === 0) return;
  const fresh = timeline.hear(own, place.atEnd.value);
  news.value = fresh.findLast(({ from }) => from !== speakerKey.value) ?? news.value;
  if (fresh.some(({ from }) => from === speakerKey.value)) void leadToEnd(log);
}
