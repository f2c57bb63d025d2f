import { type MessageView, sandbox } from '../core/sandbox.ts';
import { type ReadPage, Timeline } from './timeline.ts';

/** A chat without the answers inside topics, or one topic of it. */
export interface Conversation {
  chat: string;
  /** A topic's id; of one without answers, `new:` and the message that will be its first. */
  topic: string | null;
}

const NEW = 'new:';

/** A topic is called by its id; one that has no answer yet, by its first message. */
export const topicOf = ({ thread, message_id }: MessageView): string => thread?.thread_id ?? NEW + message_id;

/** The message that a topic without answers is to begin with, or null. */
export const firstOfNew = (topic: string | null): string | null =>
  topic?.startsWith(NEW) ? topic.slice(NEW.length) : null;

/** Whether a message stands in this list: the first message of a topic stands in the chat, too. */
export function belongs(message: MessageView, { chat, topic }: Conversation): boolean {
  const first = firstOfNew(topic);
  if (message.chat !== chat) return false;
  if (first !== null) return message.message_id === first;
  return topic === null ? message.thread_id === null || message.thread !== null : message.thread_id === topic;
}

/** A conversation as the page reads it. */
export const timelineOf = (conversation: Conversation): Timeline => new Timeline(readPageOf(conversation));

function readPageOf({ chat, topic }: Conversation): ReadPage {
  const first = firstOfNew(topic);
  if (first !== null) return async () => [await sandbox.message(first)];
  const part = topic === null ? { main: true } : { thread: topic };
  return async (request) => (await sandbox.chatMessages(chat, { ...request, ...part })).items;
}
