import { computed, signal } from '@preact/signals';
import { place } from '../core/drafts.ts';
import { say } from '../core/toast.ts';
import { inviteToType } from './box.ts';
import { type FileKind, kindOf, refusalOf } from './limits.ts';

export interface Attachment {
  id: number;
  place: string;
  name: string;
  size: number;
  kind: FileKind;
  /** The content as a data URL: shown as it is, and sent without its front part. */
  content: Promise<string>;
}

const all = signal<readonly Attachment[]>([]);
/** What waits to be sent here, by this speaker. */
export const queue = computed(() => all.value.filter((one) => one.place === place.value));

let counter = 0;

/** Adds files to the queue; one that cannot be sent is named instead. */
export function attach(files: Iterable<File>): void {
  for (const file of files) {
    const refusal = refusalOf(file, queue.peek());
    if (refusal === null) enqueue(file);
    else say('warning', refusal);
  }
  inviteToType();
}

function enqueue(file: File): void {
  const { name, size } = file;
  counter += 1;
  const id = counter;
  const content = read(file);
  all.value = [...all.peek(), { id, place: place.peek(), name, size, kind: kindOf(name), content }];
  content.catch(() => {
    detach([id]);
    say('warning', `读不了“${name}”，没有添加`);
  });
}

export function detach(ids: readonly number[]): void {
  all.value = all.peek().filter(({ id }) => !ids.includes(id));
}

export function reattach(attachments: readonly Attachment[]): void {
  all.value = [...attachments, ...all.peek()];
}

function read(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** What is pasted counts as files unless it is text with a picture of itself, as office programs copy it. */
export function pastedFiles(data: DataTransfer | null): readonly File[] {
  const isOfficeText = data?.types.includes('text/html') && data.getData('text/plain') !== '';
  return data && !isOfficeText ? [...data.files] : [];
}
