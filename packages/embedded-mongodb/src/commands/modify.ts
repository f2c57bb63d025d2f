import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { clone, type Doc, isDoc, Regex, type Value } from '../bson/types.ts';
import type { Collection } from '../catalog/collection.ts';
import type { Row } from '../catalog/index.ts';
import { ServerError } from '../errors.ts';
import { compileFilter, isOperatorDoc } from '../query/matcher.ts';
import type { Updater } from '../update/compile.ts';
import { setAt } from '../update/path.ts';
import { equal } from '../values/compare.ts';
import type { MatchTrace } from '../values/path.ts';
import type { Context } from './context.ts';
import { scopeOf } from './context.ts';
import type { Query } from './find.ts';
import { withId } from './insert.ts';

/** Applies an update to one row; says whether its bytes changed. */
export function updateRow(
  collection: Collection,
  row: Row,
  query: Query,
  updater: Updater,
  context: Context,
): { changed: boolean; after: Doc } {
  const bytes = row.bytes ?? Buffer.alloc(0);
  const before = decode(bytes);
  const trace: MatchTrace = { index: undefined };
  compileFilter(query.filter, scopeOf(context, query.variables))(before, trace);
  const after = withId(updater.apply(decode(bytes), { insert: false, positional: trace.index }), context.now.ms);
  const encoded = encode(after);
  if (encoded.equals(bytes)) return { changed: false, after };
  collection.update(row, before, encoded, after);
  return { changed: true, after };
}

/** Inserts the document an upsert builds from its filter and update. */
export function upsert(collection: Collection, query: Query, updater: Updater, context: Context): Doc {
  if (hasExpr(query.filter)) throw new ServerError(224, '$expr is not allowed in the query predicate for an upsert');
  const seed: Doc = new Map();
  if (updater.replacement) seedId(query.filter, seed);
  else seedFrom(query.filter, seed);
  const document = withId(updater.apply(seed, { insert: true, positional: undefined }), context.now.ms);
  collection.insert(encode(document), document);
  return document;
}

/** True when `$expr` occurs anywhere in a filter. */
export function hasExpr(filter: Doc): boolean {
  return [...filter].some(
    ([key, value]) => key === '$expr' || (Array.isArray(value) && value.some((item) => isDoc(item) && hasExpr(item))),
  );
}

function seedId(filter: Doc, seed: Doc): void {
  const id = equalities(filter).find(([path]) => path === '_id');
  if (id !== undefined) seed.set('_id', clone(id[1]));
}

/** Equalities of the filter become fields of the new document. */
function seedFrom(filter: Doc, seed: Doc): void {
  const seen = new Map<string, Value>();
  for (const [path, value] of equalities(filter)) {
    if (seen.has(path) && !equal(seen.get(path), value))
      throw new ServerError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    if (seen.has(path)) continue;
    seen.set(path, value);
    setAt(seed, path.split('.'), clone(value));
  }
}

function equalities(filter: Doc): [string, Value][] {
  return [...filter].flatMap(([key, value]): [string, Value][] => {
    if (key === '$and' && Array.isArray(value)) return value.filter(isDoc).flatMap(equalities);
    if (key === '$or' && Array.isArray(value) && value.length === 1) return value.filter(isDoc).flatMap(equalities);
    if (key.startsWith('$')) return [];
    if (!isOperatorDoc(value)) return typeofRegex(value) ? [] : [[key, value]];
    const eq = value.get('$eq') ?? single(value.get('$in')) ?? single(value.get('$all'));
    return eq === undefined ? [] : [[key, eq]];
  });
}

function single(value: Value | undefined): Value | undefined {
  return Array.isArray(value) && value.length === 1 && !typeofRegex(value[0]) ? value[0] : undefined;
}

function typeofRegex(value: Value | undefined): boolean {
  return isDoc(value) ? false : value instanceof Regex;
}
