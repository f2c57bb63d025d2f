/** Feishu's limits with room to spare (feishu.md §3.5): 48 a second, 980 a minute, 4 a second to one chat. */
const limits = { second: 48, minute: 980, chatSecond: 4 };
const second = 1_000;
const minute = 60_000;

export type Governor = {
  /** 0 = go, and it is counted; else milliseconds of pacing time to wait. */
  admit(chat: string): number;
  /** Feishu said it is too much: nothing goes before this many milliseconds have passed. */
  hold(ms: number): void;
};

/** How long until a window of `span` holds fewer than `limit` of these ascending times. */
const waitFor = (times: readonly number[], limit: number, span: number, now: number): number => {
  const recent = times.length < limit ? undefined : times[times.length - limit];
  return recent === undefined ? 0 : Math.max(0, recent + span - now);
};

/** Lives in the dispatcher's lease holder and begins as if the last minute had been full, since another may have sent. */
export const createGovernor = (elapsed: () => number): Governor => {
  const start = elapsed();
  let all = Array.from(
    { length: limits.minute },
    (_, index) => start - minute + (index + 1) * (minute / limits.minute),
  );
  const chats = new Map<string, number[]>();
  let heldUntil = Number.NEGATIVE_INFINITY;

  const forget = (now: number) => {
    if (all.length > limits.minute * 2) all = all.filter((time) => time > now - minute);
    if (chats.size > 2_000)
      for (const [chat, times] of chats) if ((times.at(-1) ?? 0) < now - second) chats.delete(chat);
  };

  return {
    admit: (chat) => {
      const now = elapsed();
      const own = chats.get(chat) ?? [];
      const wait = Math.max(
        heldUntil - now,
        waitFor(all, limits.second, second, now),
        waitFor(all, limits.minute, minute, now),
        waitFor(own, limits.chatSecond, second, now),
      );
      if (wait > 0) return wait;
      all.push(now);
      chats.set(chat, [...own.slice(-limits.chatSecond), now]);
      forget(now);
      return 0;
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, elapsed() + ms);
    },
  };
};
