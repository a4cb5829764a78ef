import { MAX_DEPTH, MAX_NUMBER_LENGTH } from '../json/tree.ts';

/** Thrown by the scanners at the first byte that is not JSON; caught where the event was given. */
export const NOT_JSON = new Error('not JSON');

export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_ARRAY = 91;
const BACKSLASH = 92;
export const CLOSE_ARRAY = 93;
export const OPEN_OBJECT = 123;
export const CLOSE_OBJECT = 125;

/** JSON text as UTF-8. Behind it stands a zero, which is no JSON, so that no scanner runs over the end. */
export type Bytes = Uint8Array;

/** The offset of the next byte that is not blank. */
export function skipBlank(bytes: Bytes, from: number): number {
  let at = from;
  for (;;) {
    const code = bytes[at] as number;
    if (code > 32 || (code !== 32 && code !== 10 && code !== 13 && code !== 9)) return at;
    at++;
  }
}

/** The offset behind `token`, which must come next. */
export function skipToken(bytes: Bytes, from: number, token: number): number {
  const at = skipBlank(bytes, from);
  if (bytes[at] !== token) throw NOT_JSON;
  return at + 1;
}

/** 1 for the bytes that end a run of plain characters: the quote, the backslash and what JSON forbids. */
const STOPS = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(code < 32 || code === QUOTE || code === BACKSLASH),
);

/** The offset of the first byte of a string that is not plain. Four at a time, since most of JSON is strings. */
export function endOfPlain(bytes: Bytes, from: number): number {
  let at = from;
  for (;;) {
    if (STOPS[bytes[at] as number] === 1) return at;
    if (STOPS[bytes[at + 1] as number] === 1) return at + 1;
    if (STOPS[bytes[at + 2] as number] === 1) return at + 2;
    if (STOPS[bytes[at + 3] as number] === 1) return at + 3;
    at += 4;
  }
}

/** From within a string to behind its closing quote. */
export function skipString(bytes: Bytes, from: number): number {
  let at = endOfPlain(bytes, from);
  while (bytes[at] === BACKSLASH) at = endOfPlain(bytes, skipEscape(bytes, at + 1));
  if (bytes[at] !== QUOTE) throw NOT_JSON;
  return at + 1;
}

function skipEscape(bytes: Bytes, at: number): number {
  const escape = String.fromCharCode(bytes[at] as number);
  if ('"\\/bfnrt'.includes(escape)) return at + 1;
  const digits = String.fromCharCode(...bytes.subarray(at + 1, at + 5));
  if (escape !== 'u' || !/^[\da-fA-F]{4}$/.test(digits)) throw NOT_JSON;
  return at + 5;
}

/** The offset behind a number. */
export function skipNumber(bytes: Bytes, from: number): number {
  let at = bytes[from] === 45 ? from + 1 : from;
  at = bytes[at] === 48 ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === 46) at = skipDigits(bytes, at + 1);
  if (bytes[at] === 69 || bytes[at] === 101) {
    const sign = bytes[at + 1];
    at = skipDigits(bytes, sign === 43 || sign === 45 ? at + 2 : at + 1);
  }
  if (at - from > MAX_NUMBER_LENGTH) throw NOT_JSON;
  return at;
}

function skipDigits(bytes: Bytes, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  if (at === from) throw NOT_JSON;
  return at;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

/** The offset behind `true`, `false` or `null`. */
export function skipLiteral(bytes: Bytes, from: number, literal: string): number {
  for (let index = 0; index < literal.length; index++)
    if (bytes[from + index] !== literal.charCodeAt(index)) throw NOT_JSON;
  return from + literal.length;
}

/** The offset behind the value that begins at `from`; the value must be JSON. */
export function skipValue(bytes: Bytes, from: number, depth: number): number {
  switch (bytes[from]) {
    case QUOTE:
      return skipString(bytes, from + 1);
    case OPEN_OBJECT:
      return skipObject(bytes, from + 1, depth + 1);
    case OPEN_ARRAY:
      return skipArray(bytes, from + 1, depth + 1);
    case 116:
      return skipLiteral(bytes, from, 'true');
    case 102:
      return skipLiteral(bytes, from, 'false');
    case 110:
      return skipLiteral(bytes, from, 'null');
    default:
      return skipNumber(bytes, from);
  }
}

function skipObject(bytes: Bytes, from: number, depth: number): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  let at = skipBlank(bytes, from);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    at = skipString(bytes, skipToken(bytes, at, QUOTE));
    at = skipBlank(bytes, skipToken(bytes, at, COLON));
    at = skipBlank(bytes, skipValue(bytes, at, depth));
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    at = skipToken(bytes, at, COMMA);
  }
}

function skipArray(bytes: Bytes, from: number, depth: number): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  let at = skipBlank(bytes, from);
  if (bytes[at] === CLOSE_ARRAY) return at + 1;
  for (;;) {
    at = skipBlank(bytes, skipValue(bytes, skipBlank(bytes, at), depth));
    if (bytes[at] === CLOSE_ARRAY) return at + 1;
    at = skipToken(bytes, at, COMMA);
  }
}
