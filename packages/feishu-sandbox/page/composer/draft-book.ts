/** What stands in the box, by place: a chat and who speaks there. */
export class DraftBook {
  readonly #kept = new Map<string, string>();
  #place = '';
  #text = '';

  /** Notes what the box holds, so that a text put there by somebody else stands out. */
  note(text: string): void {
    this.#text = text;
  }

  /** Keeps a text for a place that is not open. */
  keep(place: string, text: string): void {
    this.#kept.set(place, text);
  }

  at(place: string): string {
    return place === this.#place ? this.#text : (this.#kept.get(place) ?? '');
  }

  /**
   * The box is at a place and holds a text. In a new place that is the text of the old one, and what was left here
   * takes its turn, unless somebody wrote another text along with the move.
   */
  look(place: string, text: string): { text: string; written: boolean } {
    const written = text !== this.#text;
    const moved = place !== this.#place;
    if (moved) this.#kept.set(this.#place, this.#text);
    this.#place = place;
    this.#text = moved && !written ? (this.#kept.get(place) ?? '') : text;
    return { text: this.#text, written };
  }
}
