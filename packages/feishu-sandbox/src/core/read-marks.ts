import { pushTo } from './lists.ts';
import type { StoredMessage } from './records.ts';

/** Somebody has read a chat up to the message with this number. */
export interface ReadMark {
  chatId: string;
  person: string;
  seq: number;
  at: number;
}

/** Who has read how far, and when. */
export class ReadMarks {
  /** Chat → person → marks, each later and further than the one before. */
  readonly #marks = new Map<string, Map<string, ReadMark[]>>();

  /** False = so far this person had read already. */
  add(mark: ReadMark): boolean {
    const ofChat = this.#marks.get(mark.chatId) ?? new Map<string, ReadMark[]>();
    if (mark.seq <= (ofChat.get(mark.person)?.at(-1)?.seq ?? 0)) return false;
    this.#marks.set(mark.chatId, ofChat);
    pushTo(ofChat, mark.person, mark);
    return true;
  }

  /** When this person first had read up to this message, or null. */
  readAt(message: StoredMessage, person: string): number | null {
    const marks = this.#marks.get(message.chatId)?.get(person) ?? [];
    return marks.find((mark) => mark.seq >= message.seq)?.at ?? null;
  }

  /** The last mark of everybody who ever read in this chat. */
  lastIn(chatId: string): ReadMark[] {
    return [...(this.#marks.get(chatId)?.values() ?? [])].flatMap((marks) => marks.at(-1) ?? []);
  }

  /** All marks, by the message that they are about. */
  bySeq(): Map<number, ReadMark[]> {
    const bySeq = new Map<number, ReadMark[]>();
    for (const people of this.#marks.values()) {
      for (const mark of [...people.values()].flat()) pushTo(bySeq, mark.seq, mark);
    }
    return bySeq;
  }
}
