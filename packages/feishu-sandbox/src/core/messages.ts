import { pushTo } from './lists.ts';
import { type ReadMark, ReadMarks } from './read-marks.ts';
import type { JournalRecord, Reaction, StoredMessage } from './records.ts';
import { Signal } from './signal.ts';

const UUID_WINDOW_MS = 3_600_000;

export interface Changes {
  /** Where the next look goes on. */
  changed: number;
  messages: StoredMessage[];
  reads: ReadMark[];
}

/** All messages of all chats, in order of arrival: the message with number n stands at index n − 1. */
export class MessageBook {
  readonly all: StoredMessage[] = [];
  readonly changed = new Signal();
  /** Change number n made what stands at index n − 1 new or different. */
  readonly #log: (StoredMessage | ReadMark)[] = [];
  readonly #changes: number[] = [];
  readonly #positions: number[] = [];
  readonly #byId = new Map<string, StoredMessage>();
  readonly #byChat = new Map<string, StoredMessage[]>();
  readonly #byThread = new Map<string, StoredMessage[]>();
  readonly #byParent = new Map<string, StoredMessage[]>();
  readonly #byUuid = new Map<string, StoredMessage>();
  readonly #reactions = new Map<string, Reaction[]>();
  readonly #reads = new ReadMarks();

  /** Grows with every new or changed message, and with every read mark. */
  get change(): number {
    return this.#log.length;
  }

  get(id: string): StoredMessage | undefined {
    return this.#byId.get(id);
  }

  inChat(chatId: string): readonly StoredMessage[] {
    return this.#byChat.get(chatId) ?? [];
  }

  /** A topic: its first message, then the answers. */
  inThread(threadId: string): readonly StoredMessage[] {
    return this.#byThread.get(threadId) ?? [];
  }

  /** An answer inside a topic, which the chat itself does not show. */
  isInside(message: StoredMessage): boolean {
    return message.threadId !== null && this.inThread(message.threadId)[0] !== message;
  }

  /** The value of `change` at this message's last change. */
  changeOf(message: StoredMessage): number {
    return this.#changes[message.seq - 1] ?? 0;
  }

  /** 1 for the first message of its chat, then counting. */
  positionOf({ seq }: Pick<StoredMessage, 'seq'>): number {
    return this.#positions[seq - 1] ?? 0;
  }

  /** What the next changes after this one made of messages and read marks, each once. */
  changesAfter(after: number, limit = Number.POSITIVE_INFINITY): Changes {
    const changed = Math.min(this.change, after + limit);
    const messages = new Set<StoredMessage>();
    const reads: ReadMark[] = [];
    for (const item of this.#log.slice(after, changed)) {
      if ('person' in item) reads.push(item);
      else if (this.changeOf(item) <= changed) messages.add(item);
    }
    return { changed, messages: [...messages].sort((a, b) => a.seq - b.seq), reads };
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
    return this.#reads.readAt(message, person);
  }

  /** The last read mark of everybody who ever read in this chat. */
  readsIn(chatId: string): ReadMark[] {
    return this.#reads.lastIn(chatId);
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
        this.#touchQuotes(record.id);
        break;
      case 'urgent':
        this.#update(record.id, (message) => {
          message.urgent = [...new Set([...message.urgent, ...record.people])];
        });
        break;
      case 'read':
        this.#read({ chatId: record.chatId, person: record.person, seq: record.seq, at: record.at });
        break;
      case 'reaction':
        this.#setReactions(record.id, [...this.reactionsOf(record.id), record.reaction]);
        break;
      case 'unreact':
        this.#setReactions(
          record.id,
          this.reactionsOf(record.id).filter(({ id }) => id !== record.reactionId),
        );
        break;
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
    this.#positions[message.seq - 1] = pushTo(this.#byChat, message.chatId, message);
    if (message.parentId) pushTo(this.#byParent, message.parentId, message);
    if (message.uuid) this.#byUuid.set(message.uuid, message);
    this.#touch(message);
    this.#joinThread(message);
    const { chatId, from, seq, createdAt } = message;
    if (from !== 'bot') this.#read({ chatId, person: from, seq, at: createdAt });
  }

  /** The first answer in a topic makes the message that it answers the topic's first one. */
  #joinThread(answer: StoredMessage): void {
    const { threadId, rootId } = answer;
    const root = this.#byId.get(rootId ?? '');
    if (threadId === null || !root) return;
    if (!this.#byThread.has(threadId)) pushTo(this.#byThread, threadId, root);
    pushTo(this.#byThread, threadId, answer);
    root.threadId = threadId;
    this.#touch(root);
  }

  #setContent(record: Extract<JournalRecord, { t: 'content' }>): void {
    this.#update(record.id, (message) => {
      message.content = record.content;
      message.mentions = record.mentions;
      message.updatedAt = record.at;
      message.version += 1;
      if (record.edit) message.edits += 1;
    });
    if (record.edit) this.#touchQuotes(record.id);
  }

  /** Answers show what they answer. */
  #touchQuotes(id: string): void {
    for (const answer of this.#byParent.get(id) ?? []) this.#touch(answer);
  }

  #read(mark: ReadMark): void {
    if (!this.#reads.add(mark)) return;
    this.#log.push(mark);
    this.changed.notify();
  }

  #update(id: string, mutate: (message: StoredMessage) => void): void {
    const message = this.#byId.get(id);
    if (!message) return;
    mutate(message);
    this.#touch(message);
  }

  #touch(message: StoredMessage): void {
    this.#changes[message.seq - 1] = this.#log.push(message);
    this.changed.notify();
  }

  /** Read marks stand behind the message they are about; that a message opens a topic follows from the first answer. */
  *snapshot(): Generator<JournalRecord> {
    const reads = this.#reads.bySeq();
    for (const message of this.all) {
      yield { t: 'message', message: this.isInside(message) ? message : { ...message, threadId: null } };
      for (const mark of reads.get(message.seq) ?? []) yield { t: 'read', ...mark };
    }
    for (const [id, reactions] of this.#reactions) {
      for (const reaction of reactions) yield { t: 'reaction', id, reaction };
    }
  }
}
