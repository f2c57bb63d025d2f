import type { DateTime, Value } from '../bson/types.ts';

/** What an expression is evaluated against: the document, the variables of `let`, and the one time of the command. */
export type Scope = {
  readonly root: Value | undefined;
  readonly current: Value | undefined;
  readonly now: DateTime;
  readonly variables: ReadonlyMap<string, Value | undefined>;
};

/** A compiled expression; undefined stands for a missing field. */
export type Expression = (scope: Scope) => Value | undefined;
