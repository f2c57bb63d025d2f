import { Decimal } from './types.ts';

/** A decoded Decimal128: the number is (negative ? -1 : 1) × coefficient × 10^exponent. */
export type DecimalParts =
  | { kind: 'finite'; negative: boolean; coefficient: bigint; exponent: number }
  | { kind: 'nan' }
  | { kind: 'infinite'; negative: boolean };

const BIAS = 6176;
const MAX_COEFFICIENT = 10n ** 34n - 1n;

/** Takes a Decimal128 apart. */
export function decimalParts(value: Decimal): DecimalParts {
  const high = value.bytes.readBigUInt64LE(8);
  const low = value.bytes.readBigUInt64LE(0);
  const negative = high >> 63n === 1n;
  const combination = (high >> 58n) & 0x1fn;
  if (combination === 0x1fn) return { kind: 'nan' };
  if (combination === 0x1en) return { kind: 'infinite', negative };
  if (combination >> 3n === 3n)
    return { kind: 'finite', negative, coefficient: 0n, exponent: Number((high >> 47n) & 0x3fffn) - BIAS };
  const coefficient = ((high & 0x1_ffff_ffff_ffffn) << 64n) | low;
  const exponent = Number((high >> 49n) & 0x3fffn) - BIAS;
  return { kind: 'finite', negative, coefficient: coefficient > MAX_COEFFICIENT ? 0n : coefficient, exponent };
}

/** Builds a Decimal128, rounding half to even to 34 digits. */
export function decimalOf(negative: boolean, coefficient: bigint, exponent: number): Decimal {
  let digits = coefficient;
  let power = exponent;
  while (digits > MAX_COEFFICIENT) {
    const excess = digits.toString().length - 34;
    const unit = 10n ** BigInt(Math.max(excess, 1));
    digits = roundHalfEven(digits, unit);
    power += Math.max(excess, 1);
  }
  while (power > 6111 && digits !== 0n && digits * 10n <= MAX_COEFFICIENT) {
    digits *= 10n;
    power -= 1;
  }
  if (power > 6111 && digits !== 0n) return special(negative, 0x1en);
  if (power < -6176) {
    digits = roundHalfEven(digits, 10n ** BigInt(Math.min(-6176 - power, 40)));
    power = -6176;
  }
  const high = (negative ? 1n << 63n : 0n) | (BigInt(Math.min(power, 6111) + BIAS) << 49n) | (digits >> 64n);
  return fromWords(high, digits & 0xffff_ffff_ffff_ffffn);
}

function roundHalfEven(value: bigint, unit: bigint): bigint {
  const quotient = value / unit;
  const twice = (value % unit) * 2n;
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function special(negative: boolean, combination: bigint): Decimal {
  return fromWords((negative ? 1n << 63n : 0n) | (combination << 58n), 0n);
}

function fromWords(high: bigint, low: bigint): Decimal {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal(bytes);
}

/** Reads a decimal number in text, `NaN` or `Infinity`; undefined when the text is none of them. */
export function decimalFromText(text: string): Decimal | undefined {
  if (/^[+-]?nan$/i.test(text)) return special(false, 0x1fn);
  if (/^[+-]?inf(inity)?$/i.test(text)) return special(text.startsWith('-'), 0x1en);
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  return decimalOf(sign === '-', BigInt(whole + fraction), Number(power) - fraction.length);
}

/** The shortest usual text of a Decimal128 (scientific form outside the plain range). */
export function decimalText(value: Decimal): string {
  const parts = decimalParts(value);
  if (parts.kind === 'nan') return 'NaN';
  const sign = parts.negative ? '-' : '';
  if (parts.kind === 'infinite') return `${sign}Infinity`;
  const digits = parts.coefficient.toString();
  const adjusted = parts.exponent + digits.length - 1;
  if (parts.exponent > 0 || adjusted < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }
  if (parts.exponent === 0) return sign + digits;
  const padded = digits.padStart(1 - parts.exponent, '0');
  return `${sign}${padded.slice(0, parts.exponent)}.${padded.slice(parts.exponent)}`;
}

/** The nearest double. */
export function decimalToNumber(value: Decimal): number {
  return Number(decimalText(value));
}
