import type { Stack } from './stack.ts';

/** Something a person says, and how many records it should leave behind. */
export type Line = {
  readonly chat?: string;
  readonly as: string;
  readonly text: string;
  readonly records: number;
};
export type Said = Line & { readonly messageId: string; readonly status: number | null };

export const speakOne = async (stack: Stack, line: Line): Promise<Said> => {
  const { chat, as, text } = line;
  const said = await stack.sandbox.say({ as, text, ...(chat === undefined ? {} : { chat, mention: true }) });
  return { ...line, messageId: said.message_id, status: said.status };
};

/** All chats at once, each chat's lines one after the other. */
export const speak = async (stack: Stack, script: readonly (readonly Line[])[]): Promise<readonly Said[]> => {
  const perChat = await Promise.all(
    script.map(async (lines) => {
      const said: Said[] = [];
      for (const line of lines) said.push(await speakOne(stack, line));
      return said;
    }),
  );
  return perChat.flat();
};

/** Branches whose secretary and group are in the fictional college. */
export const branches = (stack: Stack): readonly string[] =>
  stack.college.chats.flatMap(({ unit }) => (unit !== null && /^B\d{4}$/.test(unit) ? [unit] : []));

/** A day of this autumn that only this round of this branch uses, so that no record is like another. */
const dayOf = (turn: number): string => `${9 + (Math.floor(turn / 20) % 3)}月${1 + (turn % 20)}日`;

/** Two records, a question and an undo in each of three groups and, every second time, in a private chat. */
export const script = (stack: Stack, round: number, chats = 3): readonly (readonly Line[])[] => {
  const all = branches(stack);
  return Array.from({ length: chats }, (_, index) => {
    const turn = round * chats + index;
    const unit = all[turn % all.length] ?? 'B0201';
    const place = index % 2 === 0 ? { chat: unit } : {};
    const say = (text: string, records: number): Line => ({ ...place, as: `${unit}.branchSecretary`, text, records });
    return [
      say(`/记录 主题党日 ${dayOf(2 * turn)}15:00 党史馆 学支部条例 全到`, 1),
      say('帮助', 0),
      say(`/记录 党课 ${dayOf(2 * turn + 1)}09:00 报告厅 学党章 全到`, 1),
      say('撤销', 0),
    ];
  });
};

export const grouped = <T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};
