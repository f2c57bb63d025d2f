import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { compileExpression } from '../expr/compile.ts';
import type { Scope } from '../expr/scope.ts';
import { compileFilter } from '../query/matcher.ts';
import { readSort, sortBy } from '../query/sort.ts';
import { stageOf, TRANSFORMS } from '../update/pipeline.ts';
import { toInteger } from '../values/numbers.ts';
import { compileGroup } from './group.ts';
import { compileUnwind } from './unwind.ts';

/** A stage turns a stream of documents into another. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

type Build = (spec: Value, scope: Scope) => Stage;

function needDoc(spec: Value, code: number, message: string): Doc {
  if (!isDoc(spec)) throw new ServerError(code, message);
  return spec;
}

function match(spec: Value, scope: Scope): Stage {
  const predicate = compileFilter(needDoc(spec, 15959, 'the match filter must be an expression in an object'), scope);
  return function* (input) {
    for (const document of input) if (predicate(document)) yield document;
  };
}

function sort(spec: Value): Stage {
  const fields = readSort(needDoc(spec, 15973, 'the $sort key specification must be an object'));
  if (fields.length === 0) throw new ServerError(15976, '$sort stage must have at least one sort key');
  return (input) => sortBy([...input], fields, (document) => document);
}

function limit(spec: Value): Stage {
  const count = toInteger(spec);
  if (count === undefined) throw new ServerError(2107201, 'invalid argument to $limit stage: Expected an integer');
  if (count <= 0) throw new ServerError(15958, 'the limit must be positive');
  return function* (input) {
    let n = 0;
    for (const document of input) {
      yield document;
      n += 1;
      if (n >= count) return;
    }
  };
}

function skip(spec: Value): Stage {
  const count = toInteger(spec);
  if (count === undefined || count < 0)
    throw new ServerError(5107200, 'invalid argument to $skip stage: Expected a non-negative integer');
  return function* (input) {
    let n = 0;
    for (const document of input) {
      n += 1;
      if (n > count) yield document;
    }
  };
}

function count(spec: Value): Stage {
  if (typeof spec !== 'string' || spec === '')
    throw new ServerError(40156, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw new ServerError(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) throw new ServerError(40160, "the count field cannot contain '.'");
  return function* (input) {
    let n = 0;
    for (const _document of input) n += 1;
    if (n > 0) yield new Map([[spec, n]]);
  };
}

function sortByCount(spec: Value, scope: Scope): Stage {
  if (typeof spec === 'string' ? !spec.startsWith('$') : !isDoc(spec))
    throw new ServerError(40148, 'the sortByCount field must be defined as a $-prefixed path or an expression');
  compileExpression(spec, scope);
  const group = compileGroup(
    new Map<string, Value>([
      ['_id', spec],
      ['count', new Map([['$sum', 1]])],
    ]),
    scope,
  );
  const order = sort(new Map([['count', -1]]));
  return (input) => order(group(input));
}

function transform(name: string): Build {
  return (spec, scope) => {
    const build = TRANSFORMS[name];
    const run = build?.(spec, scope);
    return function* (input) {
      for (const document of input) yield run === undefined ? document : run(document);
    };
  };
}

/** Every aggregation stage that is accepted. */
export const STAGES: Readonly<Record<string, Build>> = {
  $match: match,
  ...Object.fromEntries(Object.keys(TRANSFORMS).map((name) => [name, transform(name)])),
  $group: (spec, scope) => compileGroup(spec, scope),
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $unwind: (spec) => compileUnwind(spec),
  $sortByCount: sortByCount,
};

/** Compiles a pipeline; an unknown stage is refused with code 40324. */
export function compileStages(pipeline: readonly Value[], scope: Scope): Stage[] {
  return pipeline.map((item) => {
    const [name, spec] = stageOf(item);
    const build = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (build === undefined) throw new ServerError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return build(spec, scope);
  });
}
