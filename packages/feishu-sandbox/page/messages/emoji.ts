/** Emoji types of the platform with the words for them. They are shown as words: not every system has pictures for all. */
export const PALETTE = [
  { type: 'THUMBSUP', label: '赞', tint: 'orange' },
  { type: 'OK', label: 'OK', tint: 'blue' },
  { type: 'DONE', label: '完成', tint: 'green' },
  { type: 'JIAYI', label: '+1', tint: 'turquoise' },
  { type: 'HEART', label: '爱心', tint: 'carmine' },
  { type: 'CLAP', label: '鼓掌', tint: 'yellow' },
  { type: 'SMILE', label: '微笑', tint: 'lime' },
  { type: 'FISTBUMP', label: '碰拳', tint: 'purple' },
  { type: 'THANKS', label: '感谢', tint: 'red' },
  { type: 'SALUTE', label: '敬礼', tint: 'indigo' },
] as const;

export const emojiLabel = (type: string): string => PALETTE.find((one) => one.type === type)?.label ?? type;
export const emojiTint = (type: string): string => PALETTE.find((one) => one.type === type)?.tint ?? 'grey';

export interface Chip {
  emoji: string;
  by: string[];
}

/** Reactions by emoji, in the order in which each was first chosen. */
export function chipsOf(reactions: readonly { by: string; emoji: string }[]): Chip[] {
  const chips = new Map<string, string[]>();
  for (const { by, emoji } of reactions) chips.set(emoji, [...(chips.get(emoji) ?? []), by]);
  return [...chips].map(([emoji, by]) => ({ emoji, by }));
}
