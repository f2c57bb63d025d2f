import type { Clock } from '../ports/clock.ts';

/** The token store given to the SDK: expires by business time, and can be emptied when Feishu says a token is dead. */
export const createTokenCache = (clock: Clock) => {
  const kept = new Map<string, { readonly value: unknown; readonly until: number }>();
  return {
    get: async (key: { toString(): string }) => {
      const entry = kept.get(String(key));
      return entry && entry.until > clock.now().getTime() ? entry.value : undefined;
    },
    /** `expire` is an instant of real time; what is left of it is granted in business time. */
    set: async (key: { toString(): string }, value: unknown, expire?: number) => {
      const lifeMs = expire === undefined ? Number.POSITIVE_INFINITY : expire - Date.now();
      kept.set(String(key), { value, until: clock.now().getTime() + lifeMs });
      return true;
    },
    clear: () => kept.clear(),
  };
};
