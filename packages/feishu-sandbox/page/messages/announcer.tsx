import type { ReadonlySignal } from '@preact/signals';
import type { MessageView } from '../core/sandbox.ts';
import { nameOf } from '../core/state.ts';

/** Reads the newest message aloud. The list itself keeps quiet: reading on in it is no news. */
export const Announcer = ({ news }: { news: ReadonlySignal<MessageView | null> }) => (
  <p class="hidden" aria-live="polite">
    {news.value && `${nameOf(news.value.from)}：${news.value.text.slice(0, 200)}`}
  </p>
);
