import { effect } from '@preact/signals';
import { openChat } from './actions.ts';
import { chatKey, developerOpen, personOf, speakerKey } from './state.ts';

/** The address says who speaks and where, so that two windows can be two people and a reload changes nothing. */
export function followAddress(firstChat: string | null): void {
  const wanted = read();
  if (personOf(wanted.as ?? '')) speakerKey.value = wanted.as;
  const first = wanted.chat ?? firstChat;
  if (first !== null) openChat(first);
  developerOpen.value = wanted.developer;
  effect(write);
}

interface Address {
  as: string | null;
  chat: string | null;
  developer: boolean;
}

function read(): Address {
  const parts = new URLSearchParams(location.hash.slice(1));
  return { as: parts.get('as'), chat: parts.get('chat'), developer: parts.has('developer') };
}

function write(): void {
  const parts = new URLSearchParams();
  if (speakerKey.value !== null) parts.set('as', speakerKey.value);
  if (chatKey.value !== null) parts.set('chat', chatKey.value);
  if (developerOpen.value) parts.set('developer', '1');
  history.replaceState(null, '', `#${parts}`);
}
