import { batch, computed, signal } from '@preact/signals';
import { onLog } from '../core/feed.ts';
import type { AppView, CallView, DeliveryView } from '../core/sandbox.ts';
import { merge, upsert } from './log.ts';

/** What the panel knows; it stays when the panel is closed and opened again. */
export const events = signal<readonly DeliveryView[]>([]);
export const calls = signal<readonly CallView[]>([]);
export const rows = computed(() => merge(events.value, calls.value));
export const app = signal<AppView | null>(null);

export const query = signal('');
/** The key of the line on which the reader stands, and whether its details are shown. */
export const selected = signal<string | null>(null);
export const detailOpen = signal(false);

/** Follows events and calls; returns how to stop. */
export const followLog = (): (() => void) =>
  onLog((news) =>
    batch(() => {
      events.value = upsert(events.value, news.deliveries);
      calls.value = upsert(calls.value, news.calls);
    }),
  );

export const clearLog = (): void =>
  batch(() => {
    events.value = [];
    calls.value = [];
    detailOpen.value = false;
  });

export const showRow = (key: string): void =>
  batch(() => {
    selected.value = key;
    detailOpen.value = true;
  });
