import type { JournalRecord, Reaction, StoredMessage } from './records.ts';
import { Signal } from './signal.ts';

const UUID_WINDOW_MS = 3_600_000;

interface ReadMark {
  seq: number;
  at: number;
}

/** All messages of all chats, in order of arrival: the message with number n stands at index n − 1. */
export class MessageBook {
  readonly all: StoredMessage[] = [];
  /** Grows with every new or changed message; `changes.get(seq)` = its value at that message's last change. */
  change = 0;
  readonly changed = new Signal();
  readonly #changes: number[] = [];
  readonly #byId = new Map<string, StoredMessage>();
  readonly #byChat = new Map<string, StoredMessage[]>();
  readonly #byUuid = new Map<string, StoredMessage>();
  readonly #reactions = new Map<string, Reaction[]>();
  readonly #reads = new Map<string, ReadMark[]>();

  get(id: string): StoredMessage | undefined {
    return this.#byId.get(id);
  }

  inChat(chatId: string): readonly StoredMessage[] {
    return this.#byChat.get(chatId) ?? [];
  }

  changeOf(message: StoredMessage): number {
    return this.#changes[message.seq - 1] ?? 0;
  }

  /** The message that this uuid made within the last hour. */
  withUuid(uuid: string, now: number): StoredMessage | undefined {
    const message = this.#byUuid.get(uuid);
    return message && now - message.createdAt < UUID_WINDOW_MS ? message : undefined;
  }

  reactionsOf(id: string): readonly Reaction[] {
    return this.#reactions.get(id) ?? [];
  }

  /** When this person first had read up to this message, or null. */
  readAt(message: StoredMessage, person: string): number | null {
    const marks = this.#reads.get(`${message.chatId}|${person}`) ?? [];
    return marks.find((mark) => mark.seq >= message.seq)?.at ?? null;
  }

  apply(record: JournalRecord): void {
    switch (record.t) {
      case 'message':
        this.#add(record.message);
        break;
      case 'content':
        this.#setContent(record);
        break;
      case 'recall':
        this.#update(record.id, (message) => {
          message.recalledAt = record.at;
          message.updatedAt = record.at;
        });
        break;
      case 'urgent':
        this.#update(record.id, (message) => {
          message.urgent = [...new Set([...message.urgent, ...record.people])];
        });
        break;
      case 'read':
        this.#read(record.chatId, record.person, { seq: record.seq, at: record.at });
        break;
      case 'reaction':
        this.#setReactions(record.id, [...this.reactionsOf(record.id), record.reaction]);
        break;
      case 'unreact': {
        const kept = this.reactionsOf(record.id).filter(({ id }) => id !== record.reactionId);
        this.#setReactions(record.id, kept);
        break;
      }
      default:
        throw new Error(`unknown journal record ${record.t}`);
    }
  }

  #setReactions(id: string, reactions: Reaction[]): void {
    this.#reactions.set(id, reactions);
    this.#update(id, () => undefined);
  }

  #add(message: StoredMessage): void {
    this.all.push(message);
    this.#byId.set(message.id, message);
    const inChat = this.#byChat.get(message.chatId);
    if (inChat) inChat.push(message);
    else this.#byChat.set(message.chatId, [message]);
    if (message.uuid) this.#byUuid.set(message.uuid, message);
    this.#touch(message);
  }

  #setContent(record: Extract<JournalRecord, { t: 'content' }>): void {
    this.#update(record.id, (message) => {
      message.content = record.content;
      message.mentions = record.mentions;
      message.updatedAt = record.at;
      message.version += 1;
      if (record.edit) message.edits += 1;
    });
  }

  #read(chatId: string, person: string, mark: ReadMark): void {
    const key = `${chatId}|${person}`;
    const marks = this.#reads.get(key);
    if (!marks) this.#reads.set(key, [mark]);
    else if (mark.seq > (marks.at(-1)?.seq ?? 0)) marks.push(mark);
  }

  #update(id: string, mutate: (message: StoredMessage) => void): void {
    const message = this.#byId.get(id);
    if (!message) return;
    mutate(message);
    this.#touch(message);
  }

  #touch(message: StoredMessage): void {
    this.change += 1;
    this.#changes[message.seq - 1] = this.change;
    this.changed.notify();
  }

  *snapshot(): Generator<JournalRecord> {
    for (const message of this.all) yield { t: 'message', message };
    for (const [id, reactions] of this.#reactions) {
      for (const reaction of reactions) yield { t: 'reaction', id, reaction };
    }
    for (const [key, marks] of this.#reads) {
      const [chatId = '', person = ''] = key.split(/\|(.*)/s);
      for (const mark of marks) yield { t: 'read', chatId, person, ...mark };
    }
  }
}
