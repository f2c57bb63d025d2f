import { nameOf, personOf, world } from '../core/state.ts';

const HUES = ['blue', 'turquoise', 'green', 'orange', 'indigo', 'purple', 'carmine', 'wathet'] as const;

function hueOf(id: string): (typeof HUES)[number] {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return HUES[sum % HUES.length] ?? 'blue';
}

/** The last two characters of a Chinese name, as the client shows them, a small one the last; the name itself stands beside it. */
export function Avatar({ id, size = 'medium' }: { id: string; size?: 'small' | 'medium' | 'large' }) {
  const isBot = id === 'bot' || id === world.value.bot.open_id;
  const hue = isBot ? 'blue' : hueOf(personOf(id)?.key ?? id);
  return (
    <span class={`avatar ${size} ${isBot ? 'bot' : ''} tint-${hue}`} aria-hidden="true">
      {[...nameOf(id)].slice(size === 'small' ? -1 : -2).join('')}
    </span>
  );
}

/** A group shows the first two characters of its name. */
export const GroupAvatar = ({ name }: { name: string }) => (
  <span class="avatar medium group tint-blue" aria-hidden="true">
    {[...name].slice(0, 2).join('')}
  </span>
);
