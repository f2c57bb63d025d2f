/**
 * The value model. Each BSON type has exactly one JavaScript shape, so that decoding and encoding again gives the same bytes:
 * a plain number is an int32 when it is integral, in range and not -0, else a double; an integral double is a `Double`;
 * an int64 is a bigint; a document is a Map, because an object would reorder keys such as "2" and trip over `__proto__`.
 */
export type Value =
  | number
  | bigint
  | string
  | boolean
  | null
  | Double
  | Decimal
  | DateTime
  | ObjectId
  | Binary
  | Regex
  | Timestamp
  | Sentinel
  | Opaque
  | Doc
  | Value[];

export type Doc = Map<string, Value>;

/** What a reply may hold: values, absent fields, and whole documents as stored bytes, which are spliced in. */
export type Out = Value | Uint8Array | undefined | OutDoc | Out[];
export type OutDoc = Map<string, Out>;

/** A double whose value is integral and fits an int32 (for example 1.0). */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A Decimal128 as its 16 bytes, least significant first. */
export class Decimal {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** A UTC instant in milliseconds. */
export class DateTime {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** Twelve bytes as 24 lower-case hex digits, whose text order is the byte order. */
export class ObjectId {
  readonly hex: string;
  constructor(hex: string) {
    this.hex = hex;
  }
}

export class Binary {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

export class Regex {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
  }
}

/** The internal replication timestamp, an unsigned 64-bit number. */
export class Timestamp {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

/** MinKey, MaxKey and the deprecated undefined: types without a content. */
export class Sentinel {
  readonly tag: number;
  constructor(tag: number) {
    this.tag = tag;
  }
}

/** A deprecated type (code, symbol, DBPointer), kept as bytes and compared as bytes. */
export class Opaque {
  readonly tag: number;
  readonly bytes: Buffer;
  constructor(tag: number, bytes: Buffer) {
    this.tag = tag;
    this.bytes = bytes;
  }
}

export const MIN_KEY = new Sentinel(0xff);
export const MAX_KEY = new Sentinel(0x7f);
export const UNDEFINED = new Sentinel(0x06);

/** True for a document; arrays and every other type are not documents. */
export function isDoc(value: unknown): value is Doc {
  return value instanceof Map;
}

/** True when a plain number stands for an int32. */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** The value of a JavaScript number as a BSON double, whatever it looks like. */
export function toDouble(value: number): Value {
  return isInt32(value) ? new Double(value) : value;
}

/** A deep copy; leaf values are immutable and shared. */
export function clone<T extends Value>(value: T): T {
  return copy(value) as T;
}

function copy(value: Value): Value {
  if (value instanceof Map) {
    const result: Doc = new Map();
    for (const [key, item] of value) result.set(key, copy(item));
    return result;
  }
  return Array.isArray(value) ? value.map(copy) : value;
}
