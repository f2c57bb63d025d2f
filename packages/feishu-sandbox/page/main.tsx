import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadWorld } from './core/actions.ts';
import { follow } from './core/feed.ts';
import { followAddress } from './core/route.ts';
import { attempt, sandbox } from './core/sandbox.ts';
import { chatKey, chats, clock, people, speakerKey, world } from './core/state.ts';
import { App } from './shell/app.tsx';

/** Where a first visit begins: where the first tip leads, else in the first group. */
async function start(): Promise<void> {
  const { changed } = await sandbox.messages({ after: Number.MAX_SAFE_INTEGER });
  const [now] = await Promise.all([sandbox.clock(), loadWorld()]);
  clock.value = now;
  document.title = `${world.value.bot.name} · 飞书沙箱`;
  const tip = world.value.tips.find(({ chat }) => chat !== null);
  const first = tip?.chat ?? chats.value[0]?.chat ?? null;
  speakerKey.value = tip?.as ?? people.value[0]?.key ?? null;
  followAddress(first);
  follow(changed);
  effect(enterPrivateChat);
}

/** The bot is told whenever somebody opens the private chat with it. */
function enterPrivateChat(): void {
  const [, person] = /^p2p:(.+)$/.exec(chatKey.value ?? '') ?? [];
  if (person !== undefined) void attempt(() => sandbox.enter({ as: person }));
}

await attempt(start);
const root = document.getElementById('app');
if (root) render(<App />, root);
