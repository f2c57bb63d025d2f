/** What was sent in one attempt, and what came back. */
export interface Trace {
  headers: Record<string, string>;
  body: string;
  answer: string;
}

const KEPT = 300;
const LONGEST = 64 * 1024;

/** The latest attempts with all that was said in them, for looking at. They are in memory only. */
export class Traces {
  readonly #all: { eventId: string; index: number; trace: Trace }[] = [];

  /** `index` = the attempt's place among those of its event. */
  note(eventId: string, index: number, { headers, body, answer }: Trace): void {
    const trace = { headers, body: body.slice(0, LONGEST), answer: answer.slice(0, LONGEST) };
    this.#all.push({ eventId, index, trace });
    if (this.#all.length > KEPT) this.#all.shift();
  }

  /** The attempts of an event that are still remembered, by index. */
  of(eventId: string): ReadonlyMap<number, Trace> {
    const own = this.#all.filter((one) => one.eventId === eventId);
    return new Map(own.map(({ index, trace }) => [index, trace]));
  }
}
