import type { DateTime, Doc, OutDoc, Value } from '../bson/types.ts';
import type { Store } from '../catalog/store.ts';
import type { Scope } from '../expr/scope.ts';
import type { Cursors } from './cursors.ts';

/** What lives as long as the server. */
export type Services = { readonly store: Store; readonly cursors: Cursors; readonly started: number };

/** One command: its database, its one time, and the document sequences that came beside its body. */
export type Context = {
  readonly services: Services;
  readonly database: string;
  readonly now: DateTime;
  readonly connection: number;
  readonly sequences: ReadonlyMap<string, Buffer[]>;
};

/**
 * A command changes memory synchronously: nothing else runs between its first and its last statement.
 * Unknown fields are refused, except by hello, to which each new driver adds some.
 */
export type Command = { readonly fields: readonly string[] | 'any'; run(body: Doc, context: Context): OutDoc };

/** The scope in which a command's expressions run. */
export function scopeOf(context: Context, variables: Doc | undefined): Scope {
  return { root: undefined, current: undefined, now: context.now, variables: variables ?? new Map<string, Value>() };
}
