import { badValue, ServerError } from '../errors.ts';
import {
  Binary,
  DateTime,
  Decimal,
  Double,
  isInt32,
  ObjectId,
  Opaque,
  type Out,
  type OutDoc,
  Regex,
  type Sentinel,
  Timestamp,
} from './types.ts';

const MAX_DEPTH = 200;

/** Encodes a document; absent values are left out and a Uint8Array is spliced in as an already encoded document. */
export function encode(value: OutDoc): Buffer {
  const writer = new Writer();
  writer.document(value, 0);
  return writer.finish();
}

let scratch = Buffer.allocUnsafeSlow(16_384);

class Writer {
  private bytes = scratch;
  private at = 0;

  finish(): Buffer {
    const result = Buffer.from(this.bytes.subarray(0, this.at));
    if (this.bytes.length <= 1_048_576) scratch = this.bytes;
    return result;
  }

  document(value: OutDoc, depth: number): void {
    const start = this.open(depth);
    for (const [key, item] of value) this.element(key, item, depth);
    this.close(start);
  }

  private array(value: readonly Out[], depth: number): void {
    const start = this.open(depth);
    for (let i = 0; i < value.length; i += 1) this.element(String(i), value[i] ?? null, depth);
    this.close(start);
  }

  private open(depth: number): number {
    if (depth > MAX_DEPTH) throw new ServerError(15, `Exceeded the nesting limit of ${MAX_DEPTH}`);
    this.room(5);
    this.at += 4;
    return this.at - 4;
  }

  private close(start: number): void {
    this.room(1);
    this.bytes[this.at] = 0;
    this.at += 1;
    this.bytes.writeInt32LE(this.at - start, start);
  }

  private element(key: string, value: Out, depth: number): void {
    if (value === undefined) return;
    const tagAt = this.at;
    this.room(1);
    this.at += 1;
    this.cstring(key);
    const tag = this.value(value, depth);
    this.bytes[tagAt] = tag;
  }

  private value(value: Out, depth: number): number {
    if (typeof value === 'string') return this.string(value);
    if (typeof value === 'number') return this.number(value);
    if (typeof value === 'boolean') return this.boolean(value);
    if (value === null || value === undefined) return 0x0a;
    if (value instanceof Map) {
      this.document(value, depth + 1);
      return 0x03;
    }
    if (Array.isArray(value)) {
      this.array(value, depth + 1);
      return 0x04;
    }
    if (value instanceof Uint8Array) return this.raw(value, 0x03);
    if (typeof value === 'bigint') return this.long(value, 0x12);
    return this.object(value);
  }

  private object(
    value: Double | Decimal | DateTime | ObjectId | Binary | Regex | Timestamp | Sentinel | Opaque,
  ): number {
    if (value instanceof ObjectId) return this.objectId(value);
    if (value instanceof DateTime) return this.long(BigInt(value.ms), 0x09);
    if (value instanceof Double) return this.double(value.value);
    if (value instanceof Binary) return this.binary(value);
    if (value instanceof Decimal) return this.raw(value.bytes, 0x13);
    if (value instanceof Regex) {
      this.cstring(value.pattern);
      this.cstring(value.options);
      return 0x0b;
    }
    if (value instanceof Timestamp) return this.long(BigInt.asIntN(64, value.value), 0x11);
    if (value instanceof Opaque) return this.raw(value.bytes, value.tag);
    return value.tag;
  }

  private number(value: number): number {
    if (!isInt32(value)) return this.double(value);
    this.room(4);
    this.at = this.bytes.writeInt32LE(value, this.at);
    return 0x10;
  }

  private double(value: number): number {
    this.room(8);
    this.at = this.bytes.writeDoubleLE(value, this.at);
    return 0x01;
  }

  private long(value: bigint, tag: number): number {
    this.room(8);
    this.at = this.bytes.writeBigInt64LE(value, this.at);
    return tag;
  }

  private boolean(value: boolean): number {
    this.room(1);
    this.bytes[this.at] = value ? 1 : 0;
    this.at += 1;
    return 0x08;
  }

  private string(value: string): number {
    const length = Buffer.byteLength(value);
    this.room(length + 5);
    this.bytes.writeInt32LE(length + 1, this.at);
    this.bytes.write(value, this.at + 4, 'utf8');
    this.at += length + 5;
    this.bytes[this.at - 1] = 0;
    return 0x02;
  }

  private objectId(value: ObjectId): number {
    this.room(12);
    this.bytes.write(value.hex, this.at, 'hex');
    this.at += 12;
    return 0x07;
  }

  private binary(value: Binary): number {
    this.room(5);
    this.bytes.writeInt32LE(value.bytes.length, this.at);
    this.bytes[this.at + 4] = value.subtype;
    this.at += 5;
    return this.raw(value.bytes, 0x05);
  }

  private raw(value: Uint8Array, tag: number): number {
    this.room(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
    return tag;
  }

  private cstring(value: string): void {
    if (value.includes('\0')) badValue('A field name or pattern must not contain a null byte');
    if (value === '__proto__') badValue("The field name '__proto__' is not accepted");
    const length = Buffer.byteLength(value);
    this.room(length + 1);
    this.bytes.write(value, this.at, 'utf8');
    this.at += length + 1;
    this.bytes[this.at - 1] = 0;
  }

  private room(size: number): void {
    const needed = this.at + size;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
