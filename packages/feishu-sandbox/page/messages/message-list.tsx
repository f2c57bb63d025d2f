import { chat } from '../core/state.ts';
import { MessageLog } from './message-log.tsx';

/** The messages of the open chat. */
export function MessageList() {
  const key = chat.value?.chat;
  return key === undefined ? null : <MessageLog key={key} chat={key} topic={null} label="消息" />;
}
