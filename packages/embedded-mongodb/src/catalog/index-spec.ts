import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { equal } from '../values/compare.ts';
import { isNumeric, toInteger, toNumber } from '../values/numbers.ts';
import { show } from '../values/show.ts';

/** A checked index definition, as stored and listed. */
export type IndexSpec = {
  name: string;
  key: Doc;
  unique: boolean;
  sparse: boolean;
  partial: Doc | undefined;
  expireAfterSeconds: number | undefined;
};

type Reader = (value: Value, spec: IndexSpec) => void;

function flag(name: 'unique' | 'sparse'): Reader {
  return (value, spec) => {
    if (typeof value !== 'boolean' && !isNumeric(value))
      throw new ServerError(
        14,
        `The field '${name}' has value ${name}: ${show(value)}, which is not convertible to bool`,
      );
    spec[name] = value === true || (isNumeric(value) && toNumber(value) !== 0);
  };
}

/** Every option of an index that is accepted; `v`, `background` and `ns` have no effect. */
export const INDEX_OPTIONS: Readonly<Record<string, Reader>> = {
  key: () => {},
  name: () => {},
  v: (value) => {
    const version = toInteger(value);
    if (version !== 1 && version !== 2)
      throw new ServerError(67, `Invalid index specification; unsupported version ${show(value)}`);
  },
  background: () => {},
  ns: () => {},
  unique: flag('unique'),
  sparse: flag('sparse'),
  partialFilterExpression: (value, spec) => {
    if (!isDoc(value)) throw new ServerError(14, "The field 'partialFilterExpression' must be an object");
    checkPartial(value);
    spec.partial = value;
  },
  expireAfterSeconds: (value, spec) => {
    const seconds = isNumeric(value) ? toNumber(value) : Number.NaN;
    if (!(seconds >= 0 && seconds <= 2_147_483_647))
      throw new ServerError(67, "TTL index 'expireAfterSeconds' option must be within an acceptable range");
    spec.expireAfterSeconds = seconds;
  },
};

const PARTIAL_OPERATORS = ['$eq', '$gt', '$gte', '$lt', '$lte', '$type', '$in', '$exists'];

/** A partial index takes only conditions that stay true of a document when more elements join an array. */
function checkPartial(filter: Doc): void {
  for (const [key, value] of filter) {
    if ((key === '$and' || key === '$or') && Array.isArray(value))
      for (const part of value) checkPartial(isDoc(part) ? part : new Map());
    else if (key.startsWith('$')) throw new ServerError(67, `Expression not supported in partial index: ${key}`);
    const operators = isDoc(value) ? [...value].filter(([name]) => name.startsWith('$')) : [];
    for (const [name, operand] of operators) {
      if (PARTIAL_OPERATORS.includes(name) && !(name === '$exists' && operand !== true)) continue;
      throw new ServerError(67, `Expression not supported in partial index: ${key}: { ${name}: ${show(operand)} }`);
    }
  }
}

/** Reads and checks one index definition of createIndexes. */
export function readIndexSpec(source: Doc): IndexSpec {
  const key = source.get('key');
  const name = source.get('name');
  if (!isDoc(key)) throw new ServerError(9, "The 'key' field is a required property of an index specification");
  if (typeof name !== 'string' || name === '')
    throw new ServerError(9, "The 'name' field is a required property of an index specification");
  checkKey(key);
  const spec: IndexSpec = {
    name,
    key,
    unique: false,
    sparse: false,
    partial: undefined,
    expireAfterSeconds: undefined,
  };
  for (const [option, value] of source) {
    const read = Object.hasOwn(INDEX_OPTIONS, option) ? INDEX_OPTIONS[option] : undefined;
    if (read === undefined)
      throw new ServerError(197, `The field '${option}' is not valid for an index specification, or not implemented`);
    read(value, spec);
  }
  checkTogether(spec);
  return spec;
}

function checkKey(key: Doc): void {
  if (key.size === 0) throw new ServerError(67, 'Index keys cannot be an empty object');
  if (key.size > 32) throw new ServerError(67, 'Index key pattern has more than 32 fields');
  for (const [path, direction] of key) {
    if (path === '' || path.split('.').includes('') || path.startsWith('$') || path.includes('$**')) {
      throw new ServerError(67, `Index keys cannot hold the field name '${path}'`);
    }
    if (typeof direction === 'string') throw new ServerError(67, `Unknown or unsupported index plugin '${direction}'`);
    if (!isNumeric(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw new ServerError(67, `Values in v:2 index key pattern must be numbers > 0 or < 0, not ${show(direction)}`);
    }
  }
}

function checkTogether(spec: IndexSpec): void {
  if (spec.sparse && spec.partial !== undefined)
    throw new ServerError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (spec.expireAfterSeconds !== undefined && spec.key.size > 1)
    throw new ServerError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (isIdKey(spec.key) && (spec.sparse || spec.partial !== undefined || spec.expireAfterSeconds !== undefined)) {
    throw new ServerError(197, 'The _id index does not take these options');
  }
}

/** True for the key pattern `{ _id: 1 }`. */
export function isIdKey(key: Doc): boolean {
  return key.size === 1 && equal(key.get('_id'), 1);
}

/** The definition as listIndexes shows it and the journal stores it. */
export function specDoc(spec: IndexSpec): Doc {
  const result: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', spec.key],
    ['name', spec.name],
  ]);
  if (spec.unique && !isIdKey(spec.key)) result.set('unique', true);
  if (spec.sparse) result.set('sparse', true);
  if (spec.partial !== undefined) result.set('partialFilterExpression', spec.partial);
  if (spec.expireAfterSeconds !== undefined) result.set('expireAfterSeconds', spec.expireAfterSeconds);
  return result;
}

/** The definition of the index every collection has. */
export function idSpec(): IndexSpec {
  return readIndexSpec(
    new Map<string, Value>([
      ['key', new Map([['_id', 1]])],
      ['name', '_id_'],
    ]),
  );
}

/** True when two definitions mean the same index, apart from the name. */
export function sameOptions(a: IndexSpec, b: IndexSpec): boolean {
  return (
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    a.expireAfterSeconds === b.expireAfterSeconds &&
    equal(a.partial, b.partial)
  );
}
