import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { ServerError } from '../errors.ts';
import { isTrue } from '../expr/compile.ts';
import { isNumeric, toInteger } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';

function wrongType(name: string, value: Value, expected: string): never {
  throw new ServerError(14, `BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`);
}

/** A field that must be there. */
export function required(body: Doc, name: string, command: string): Value {
  const value = body.get(name);
  if (value === undefined)
    throw new ServerError(40414, `BSON field '${command}.${name}' is missing but a required field`);
  return value;
}

/** An optional document; null counts as absent. */
export function optionalDoc(body: Doc, name: string): Doc | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  return isDoc(value) ? value : wrongType(name, value, 'object');
}

/** An optional boolean; numbers count by being zero. */
export function optionalFlag(body: Doc, name: string): boolean {
  const value = body.get(name);
  if (value === undefined || value === null) return false;
  return typeof value === 'boolean' || isNumeric(value) ? isTrue(value) : wrongType(name, value, 'bool');
}

/** An optional integer of at least `least`. */
export function optionalCount(body: Doc, name: string, least = 0): number | undefined {
  const value = body.get(name);
  if (value === undefined || value === null) return undefined;
  const count = toInteger(value);
  if (count === undefined) wrongType(name, value, 'long');
  if (count < least)
    throw new ServerError(51024, `BSON field '${name}' value must be >= ${least}, actual value '${count}'`);
  return count;
}

/** The collection a command names in its first field. */
export function collectionName(body: Doc, command: string): string {
  const value = body.get(command);
  if (typeof value !== 'string') throw new ServerError(73, `collection name has invalid type ${typeName(value)}`);
  if (value === '') throw new ServerError(73, 'Invalid namespace specified: the collection name is empty');
  return value;
}

/** Refuses every collation but the simple one. */
export function refuseCollation(body: Doc): void {
  const collation = optionalDoc(body, 'collation');
  if (collation !== undefined && collation.get('locale') !== 'simple')
    throw new ServerError(238, 'collation is not implemented');
}

/** The documents of an array field. */
export function docsOf(body: Doc, name: string, command: string): Doc[] {
  const value = required(body, name, command);
  if (!Array.isArray(value)) wrongType(name, value, 'array');
  return value.map((item) => (isDoc(item) ? item : wrongType(`${name}.0`, item, 'object')));
}

/** Refuses a nested document with a field that is not listed. */
export function checkFields(source: Doc, fields: readonly string[], where: string): void {
  for (const key of source.keys()) {
    if (!fields.includes(key)) throw new ServerError(40415, `BSON field '${where}.${key}' is an unknown field.`);
  }
}
