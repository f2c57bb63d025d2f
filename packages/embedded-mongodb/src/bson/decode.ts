import { isUtf8 } from 'node:buffer';
import { badValue, ServerError } from '../errors.ts';
import {
  Binary,
  DateTime,
  Decimal,
  type Doc,
  Double,
  isInt32,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Opaque,
  Regex,
  Timestamp,
  UNDEFINED,
  type Value,
} from './types.ts';

const MAX_DEPTH = 200;

/** Decodes one document that fills `bytes` exactly; refuses malformed input, deep nesting and `__proto__` keys. */
export function decode(bytes: Buffer): Doc {
  return new Reader(bytes).whole(undefined);
}

/** Decodes only the named top-level fields: the rest is skipped by length. */
export function decodeFields(bytes: Buffer, fields: ReadonlySet<string>): Doc {
  return new Reader(bytes).whole(fields);
}

/** Decodes the document that begins at `offset` and says where it ends. */
export function decodeAt(bytes: Buffer, offset: number): { value: Doc; end: number } {
  const reader = new Reader(bytes);
  reader.at = offset;
  const value = reader.document(0, undefined);
  return { value, end: reader.at };
}

function invalid(what: string): never {
  throw new ServerError(22, `Invalid BSON: ${what}`);
}

class Reader {
  at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  whole(fields: ReadonlySet<string> | undefined): Doc {
    const result = this.document(0, fields);
    if (this.at !== this.bytes.length) invalid('document length does not fit');
    return result;
  }

  document(depth: number, fields: ReadonlySet<string> | undefined): Doc {
    const end = this.begin(depth);
    const result: Doc = new Map();
    for (;;) {
      const tag = this.byte();
      if (tag === 0) break;
      const key = this.cstring();
      if (key === '__proto__') badValue("The field name '__proto__' is not accepted");
      if (fields !== undefined && !fields.has(key)) this.skip(tag);
      else result.set(key, this.value(tag, depth));
    }
    if (this.at !== end) invalid('document length does not fit');
    return result;
  }

  private array(depth: number): Value[] {
    const end = this.begin(depth);
    const result: Value[] = [];
    for (;;) {
      const tag = this.byte();
      if (tag === 0) break;
      this.skipCstring();
      result.push(this.value(tag, depth));
    }
    if (this.at !== end) invalid('array length does not fit');
    return result;
  }

  private begin(depth: number): number {
    if (depth > MAX_DEPTH) throw new ServerError(15, `Exceeded the nesting limit of ${MAX_DEPTH}`);
    const length = this.int32();
    const end = this.at - 4 + length;
    if (length < 5 || end > this.bytes.length) invalid('document length out of range');
    return end;
  }

  private value(tag: number, depth: number): Value {
    switch (tag) {
      case 0x01:
        return this.double();
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1, undefined);
      case 0x04:
        return this.array(depth + 1);
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(this.take(12).toString('hex'));
      case 0x08:
        return this.boolean();
      case 0x09:
        return this.date();
      case 0x0a:
        return null;
      case 0x10:
        return this.int32();
      case 0x12:
        return this.long();
      default:
        return this.rare(tag);
    }
  }

  private rare(tag: number): Value {
    switch (tag) {
      case 0x06:
        return UNDEFINED;
      case 0x0b:
        return new Regex(this.cstring(), this.cstring());
      case 0x11:
        return new Timestamp(BigInt.asUintN(64, this.long()));
      case 0x13:
        return new Decimal(Buffer.from(this.take(16)));
      case 0x7f:
        return MAX_KEY;
      case 0xff:
        return MIN_KEY;
      default: {
        const start = this.at;
        this.skip(tag);
        return new Opaque(tag, Buffer.from(this.bytes.subarray(start, this.at)));
      }
    }
  }

  private skip(tag: number): void {
    this.take(this.sizeOf(tag));
  }

  private sizeOf(tag: number): number {
    switch (tag) {
      case 0x06:
      case 0x0a:
      case 0x7f:
      case 0xff:
        return 0;
      case 0x08:
        return 1;
      case 0x10:
        return 4;
      case 0x01:
      case 0x09:
      case 0x11:
      case 0x12:
        return 8;
      case 0x07:
        return 12;
      case 0x13:
        return 16;
      default:
        return this.variableSize(tag);
    }
  }

  private variableSize(tag: number): number {
    if (tag === 0x0b) {
      const first = this.bytes.indexOf(0, this.at);
      const second = first < 0 ? -1 : this.bytes.indexOf(0, first + 1);
      return second < 0 ? invalid('unterminated regular expression') : second + 1 - this.at;
    }
    const length = this.at + 4 <= this.bytes.length ? this.bytes.readInt32LE(this.at) : -1;
    if (length < 0) invalid('value length out of range');
    if (tag === 0x02 || tag === 0x0d || tag === 0x0e) return length + 4;
    if (tag === 0x03 || tag === 0x04 || tag === 0x0f) return length;
    if (tag === 0x05) return length + 5;
    if (tag === 0x0c) return length + 16;
    return invalid(`unknown type ${tag}`);
  }

  private take(size: number): Buffer {
    const start = this.at;
    if (size < 0 || start + size > this.bytes.length) invalid('value runs past the end');
    this.at = start + size;
    return this.bytes.subarray(start, this.at);
  }

  private byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) invalid('unexpected end');
    this.at += 1;
    return value;
  }

  private int32(): number {
    const start = this.at;
    if (start + 4 > this.bytes.length) invalid('unexpected end');
    this.at = start + 4;
    return this.bytes.readInt32LE(start);
  }

  private long(): bigint {
    return this.take(8).readBigInt64LE(0);
  }

  private double(): Value {
    const start = this.at;
    if (start + 8 > this.bytes.length) invalid('unexpected end');
    this.at = start + 8;
    const value = this.bytes.readDoubleLE(start);
    return isInt32(value) ? new Double(value) : value;
  }

  private boolean(): boolean {
    const value = this.byte();
    if (value > 1) invalid('boolean is neither 0 nor 1');
    return value === 1;
  }

  private date(): DateTime {
    const start = this.at;
    if (start + 8 > this.bytes.length) invalid('unexpected end');
    this.at = start + 8;
    const high = this.bytes.readInt32LE(start + 4);
    const ms = high * 0x1_0000_0000 + this.bytes.readUInt32LE(start);
    if (!Number.isSafeInteger(ms)) invalid('date outside the supported range');
    return new DateTime(ms);
  }

  private binary(): Binary {
    const length = this.int32();
    const subtype = this.byte();
    if (length < 0) invalid('binary length out of range');
    return new Binary(subtype, Buffer.from(this.take(length)));
  }

  private string(): string {
    const length = this.int32();
    if (length < 1 || this.bytes[this.at + length - 1] !== 0) invalid('string is not terminated');
    const start = this.at;
    this.take(length);
    return this.text(start, start + length - 1);
  }

  private cstring(): string {
    const start = this.at;
    this.skipCstring();
    return this.text(start, this.at - 1);
  }

  private skipCstring(): void {
    const bytes = this.bytes;
    let at = this.at;
    while (bytes[at] !== 0) {
      if (at >= bytes.length) invalid('name is not terminated');
      at += 1;
    }
    this.at = at + 1;
  }

  private text(start: number, end: number): string {
    if (end > this.bytes.length) invalid('value runs past the end');
    const text = this.bytes.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(this.bytes.subarray(start, end))) invalid('text is not valid UTF-8');
    return text;
  }
}
