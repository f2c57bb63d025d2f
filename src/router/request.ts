import type { CardSpec } from '../cards/card.ts';
import type { PolicyPack } from '../domain/duty/index.ts';
import type { Organisation, Unit } from '../domain/organisation.ts';
import type { Access, Actor } from '../domain/permission.ts';
import type { BindingRow, Effect, OutboxRow, Recipient, ToastType } from '../domain/rows.ts';
import type { LocalDate, LocalDateTime } from '../domain/time/local.ts';
import type { WorkCalendar } from '../domain/time/work-calendar.ts';
import type { Intent, ParsedUtterance } from '../domain/utterance/types.ts';
import type { ChatMessage } from '../ports/message.ts';
import type { Store } from '../ports/store.ts';

/** What the organisation has settled; the same for every message. */
export type Rules = {
  readonly pack: PolicyPack;
  readonly calendar: WorkCalendar;
  readonly zone: string;
};

/** The facts of one message or click: everything a decision may depend on besides what it reads. */
export type Facts = {
  /** Keys every effect: the inbox row's id. */
  readonly cause: string;
  readonly actor: Actor;
  readonly organisation: Organisation;
  readonly bindings: readonly BindingRow[];
  /** The unit the chat is bound to, or the sender's own. */
  readonly unit: Unit | null;
  readonly chat: { readonly id: string; readonly type: 'group' | 'private' };
  readonly now: Date;
  readonly today: LocalDate;
  readonly clock: LocalDateTime;
  /** Real time, for the order of messages in a chat. */
  readonly seq: number;
  /** The message of ours that is answered or clicked. */
  readonly about: OutboxRow | null;
  readonly rules: Rules;
};

export type Request = Facts & {
  readonly message: ChatMessage;
  /** What follows the command's word. */
  readonly rest: string;
  readonly utterance: ParsedUtterance;
};

export type Click = Facts & {
  readonly messageId: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly form: Readonly<Record<string, unknown>>;
};

/** What a message of ours is about, so that a reply to it is understood. */
export type About = { readonly duties?: readonly string[]; readonly draft?: string; readonly record?: string };

/** What a command decided, as data: it sends nothing, writes nothing. */
export type Answer = {
  readonly card: CardSpec | null;
  readonly effects?: readonly Effect[];
  readonly about?: About;
  /** Where it goes instead of under the message. */
  readonly privately?: true;
  /** Further messages, each under a key of its own. */
  readonly also?: readonly {
    readonly key: string;
    readonly to: Recipient;
    readonly card: CardSpec;
    readonly about?: About;
  }[];
  /** Cards of ours that show an older state of the same thing. */
  readonly patches?: readonly { readonly messageId: string; readonly card: CardSpec }[];
  readonly toast?: { readonly type: ToastType; readonly content: string };
};

/** What a command may read; it never writes. */
export type Readers = Pick<Store, 'records' | 'drafts' | 'duties' | 'outbox'> & {
  /** The commands themselves, for the help card. */
  readonly commands: readonly Command[];
};

export type Action = {
  readonly access: Access;
  readonly run: (click: Click, readers: Readers) => Promise<Answer>;
};

export type Command = {
  /** Equals the file's name. */
  readonly name: string;
  /** What people type after the slash; the first is the one shown. */
  readonly words: readonly string[];
  /** Plain talk that means this command. */
  readonly intents: readonly Intent[];
  /** Set when the word may stand anywhere in an answer to a reminder. */
  readonly anywhereInReplies?: true;
  readonly summary: string;
  readonly example: string;
  /** No default: leaving it out is a type error. */
  readonly access: Access;
  readonly run: (request: Request, readers: Readers) => Promise<Answer>;
  /** Buttons and forms of this command's cards, by the `do` of their value. */
  readonly actions?: Readonly<Record<string, Action>>;
};

export const defineCommand = (command: Command): Command => command;
