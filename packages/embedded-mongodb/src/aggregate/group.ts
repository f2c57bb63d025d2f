import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compileExpression } from '../expr/compile.ts';
import type { Expression, Scope } from '../expr/scope.ts';
import { keyOf } from '../values/compare.ts';
import { ACCUMULATORS, type Accumulator } from './accumulators.ts';
import type { Stage } from './stages.ts';

type Field = { name: string; start: () => Accumulator; of: Expression };

function readField(name: string, spec: Value, scope: Scope): Field {
  if (name.includes('.')) throw new ServerError(40235, `The field name '${name}' cannot contain '.'`);
  const entry = isDoc(spec) && spec.size === 1 ? [...spec][0] : undefined;
  if (entry === undefined) throw new ServerError(40234, `The field '${name}' must be an accumulator object`);
  const start = Object.hasOwn(ACCUMULATORS, entry[0]) ? ACCUMULATORS[entry[0]] : undefined;
  if (start === undefined) throw new ServerError(15952, `unknown group operator '${entry[0]}'`);
  return { name, start, of: compileExpression(entry[1], scope) };
}

/** `$group`: groups appear in the order of their first document. */
export function compileGroup(spec: Value, scope: Scope): Stage {
  if (!isDoc(spec)) throw new ServerError(15947, "a group's fields must be specified in an object");
  const id = spec.get('_id');
  if (id === undefined) throw new ServerError(15955, 'a group specification must include an _id');
  const key = compileExpression(id, scope);
  const fields = [...spec].filter(([name]) => name !== '_id').map(([name, value]) => readField(name, value, scope));
  return function* (input) {
    const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
    for (const document of input) {
      const inner = { ...scope, root: document, current: document };
      const value = key(inner) ?? null;
      const text = keyOf(value);
      const group = groups.get(text) ?? { id: value, accumulators: fields.map((field) => field.start()) };
      groups.set(text, group);
      fields.forEach((field, i) => {
        group.accumulators[i]?.take(field.of(inner));
      });
    }
    for (const group of groups.values()) yield finished(group, fields);
  };
}

function finished(group: { id: Value; accumulators: Accumulator[] }, fields: readonly Field[]): Doc {
  const result: Doc = new Map([['_id', group.id]]);
  fields.forEach((field, i) => {
    result.set(field.name, group.accumulators[i]?.result() ?? null);
  });
  return result;
}
