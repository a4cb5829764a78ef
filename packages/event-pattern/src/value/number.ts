/**
 * A number whose text no double represents exactly, as `1e400` or `0.1000000000000000055`. The language
 * does not compare such numbers: they equal only their own text.
 */
export class InexactNumber {
  constructor(readonly text: string) {}
}

/** A number of a pattern or of an event, from its text. */
export function numberOf(text: string): number | InexactNumber {
  const value = Number(text);
  // A double tells all decimals of up to 15 digits apart.
  if (text.length <= 15 && !/[eE]/.test(text)) return value + 0;
  return text === String(value) || isExact(text, value) ? value + 0 : new InexactNumber(text);
}

/** The closed bounds of the numbers that can be compared at all. */
export const LOWEST = -Number.MAX_VALUE;
export const HIGHEST = Number.MAX_VALUE;

const bits = new DataView(new ArrayBuffer(8));

/** The least double above `value`, so that `> value` can be kept as a closed bound. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

export function nextBelow(value: number): number {
  return -nextAbove(-value);
}

// The engine reads exponents as 32 bit numbers.
const MAX_EXPONENT = 2 ** 31 - 1;

function isExact(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const written = decimal(text);
  const shortest = decimal(String(value));
  return written.digits === shortest.digits && (written.digits === '' || written.scale === shortest.scale);
}

/** Digits without leading and trailing zeros, and the power of ten of the first of them. */
function decimal(text: string): { digits: string; scale: number } {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  if (Math.abs(Number(exponent)) > MAX_EXPONENT) return { digits: 'beyond', scale: 0 };
  const digits = (whole + fraction).replace(/^0+/, '');
  return { digits: digits.replace(/0+$/, ''), scale: Number(exponent) - fraction.length + digits.length };
}
