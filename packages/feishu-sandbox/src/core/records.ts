import type { GroupMessages, JsonStyle } from '../wire.ts';
import type { CalendarEvent } from './calendar.ts';

/** What happened, one line of the journal each. Replaying the lines in order rebuilds the state. */
export interface Mention {
  key: string;
  openId: string;
  unionId: string;
  name: string;
  bot: boolean;
}

export interface StoredMessage {
  seq: number;
  id: string;
  chatId: string;
  /** A person's key, or "bot". */
  from: string;
  type: string;
  /** The received form, except for cards: those keep the JSON that was sent. */
  content: string;
  mentions: Mention[];
  parentId: string | null;
  rootId: string | null;
  threadId: string | null;
  createdAt: number;
  updatedAt: number;
  version: number;
  edits: number;
  recalledAt: number | null;
  uuid: string | null;
  urgent: string[];
}

export interface StoredFile {
  key: string;
  name: string;
  size: number;
  kind: 'image' | 'file';
  by: string;
  /** What the bot said that it uploads: `pdf`, `opus` … */
  type?: string;
}

export interface Call {
  seq: number;
  at: number;
  method: string;
  path: string;
  http: number | null;
  code: number | null;
  uuid: string | null;
  /** How long the answer took; absent in old journals. */
  ms?: number;
  fault?: string;
  /** False: there is no such path. */
  known?: boolean;
}

export interface Attempt {
  at: number;
  status: number;
  ms: number;
  error?: string;
  /** Asked for through the control API: it does not count in the platform's schedule. */
  manual?: true;
}

export interface Reaction {
  id: string;
  by: string;
  emoji: string;
  at: number;
}

/** A meeting number that is kept for somebody until `endsAt`. */
export interface Reserve {
  id: string;
  meetingNo: string;
  owner: string;
  endsAt: number;
  settings: Record<string, unknown>;
}

/** The `c-…` of an answered callback, with which the card may be replaced later. */
export interface CardToken {
  messageId: string;
  issuedAt: number;
  uses: number;
}

export type JournalRecord =
  | { t: 'clock'; base: number; real: number; speed: number; version: number }
  | { t: 'app'; groupMessages?: GroupMessages; json?: JsonStyle }
  | { t: 'token'; token: string; expiresAt: number }
  | { t: 'tokens-void' }
  | { t: 'message'; message: StoredMessage }
  | { t: 'content'; id: string; content: string; mentions: Mention[]; at: number; edit: boolean }
  | { t: 'recall'; id: string; at: number }
  | { t: 'urgent'; id: string; people: string[] }
  | { t: 'read'; chatId: string; person: string; seq: number; at: number }
  | { t: 'reaction'; id: string; reaction: Reaction }
  | { t: 'unreact'; id: string; reactionId: string }
  | { t: 'members'; chatId: string; members: string[]; bot: boolean }
  | { t: 'file'; file: StoredFile }
  | { t: 'card-token'; token: string; card: CardToken }
  | { t: 'calendar-event'; event: CalendarEvent }
  | { t: 'reserve'; reserve: Reserve }
  | { t: 'reserve-deleted'; id: string }
  | { t: 'event'; seq: number; id: string; type: string; at: number; plain: string; nextAt: number | null }
  | { t: 'attempt'; id: string; attempt: Attempt; nextAt: number | null; open: boolean }
  | { t: 'call'; call: Call };
