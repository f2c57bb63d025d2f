import { computed, signal } from '@preact/signals';
import { chatKey, speakerKey } from './state.ts';

/** A chat and who speaks there: each has a draft of its own. */
export const place = computed(() => `${chatKey.value} ${speakerKey.value}`);

const drafts = signal<ReadonlyMap<string, string>>(new Map());

/** What stands in the box. */
export const draft = computed(() => drafts.value.get(place.value) ?? '');

/** What was left in the box of this place. */
export const draftAt = (where: string): string => drafts.peek().get(where) ?? '';

/** Writes into the box, or into that of a place that is not open. */
export function setDraft(text: string, where: string = place.peek()): void {
  drafts.value = new Map(drafts.peek()).set(where, text);
}
