import type { Out } from '../bson/types.ts';
import { ServerError } from '../errors.ts';

/** Runs the parts of a write; ordered stops at the first refusal, unordered goes on. Gives the `writeErrors` of the reply. */
export function runBatch<T>(
  items: readonly T[],
  ordered: boolean,
  run: (item: T, index: number) => void,
): [string, Out][] {
  const errors: Out[] = [];
  for (const [index, item] of items.entries()) {
    try {
      run(item, index);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      errors.push(
        new Map<string, Out>([
          ['index', index],
          ['code', error.code],
          ...(error.extra ?? []),
          ['errmsg', error.message],
        ]),
      );
      if (ordered) break;
    }
  }
  return errors.length === 0 ? [] : [['writeErrors', errors]];
}
