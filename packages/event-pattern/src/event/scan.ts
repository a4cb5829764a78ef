import { MAX_DEPTH, MAX_NUMBER_LENGTH } from '../json/tree.ts';

/** Thrown by the scanners at the first character that is not JSON; caught where the event was given. */
export const NOT_JSON = new Error('not JSON');

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;

/** The offset of the next character that is not blank. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code > 32 || (code !== 32 && code !== 10 && code !== 13 && code !== 9)) return at;
    at++;
  }
}

/** The offset behind `token`, which must come next. */
export function skipToken(text: string, from: number, token: number): number {
  const at = skipBlank(text, from);
  if (text.charCodeAt(at) !== token) throw NOT_JSON;
  return at + 1;
}

/** From behind the opening quote of a string to behind its closing one. */
export function skipString(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at++);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at = skipEscape(text, at);
    else if (!(code >= 32)) throw NOT_JSON;
  }
}

/** The offset of the first quote, backslash or character that is not allowed. */
export function endOfPlain(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === BACKSLASH || !(code >= 32)) return at;
    at++;
  }
}

function skipEscape(text: string, at: number): number {
  const escape = text.charAt(at);
  if (escape === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return at + 5;
  if (escape === '' || !'"\\/bfnrt'.includes(escape)) throw NOT_JSON;
  return at + 1;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.+-])/y;

export function skipNumber(text: string, from: number): number {
  NUMBER.lastIndex = from;
  if (!NUMBER.test(text) || NUMBER.lastIndex - from > MAX_NUMBER_LENGTH) throw NOT_JSON;
  return NUMBER.lastIndex;
}

export function skipLiteral(text: string, from: number, literal: string): number {
  const end = from + literal.length;
  if (!text.startsWith(literal, from) || /\w/.test(text.charAt(end))) throw NOT_JSON;
  return end;
}

/** The offset behind the value that begins at `from`; the value must be JSON. */
export function skipValue(text: string, from: number, depth: number): number {
  switch (text.charCodeAt(from)) {
    case QUOTE:
      return skipString(text, from + 1);
    case 123:
      return skipObject(text, from + 1, depth + 1);
    case 91:
      return skipArray(text, from + 1, depth + 1);
    case 116:
      return skipLiteral(text, from, 'true');
    case 102:
      return skipLiteral(text, from, 'false');
    case 110:
      return skipLiteral(text, from, 'null');
    default:
      return skipNumber(text, from);
  }
}

function skipObject(text: string, from: number, depth: number): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  let at = skipBlank(text, from);
  if (text.charCodeAt(at) === 125) return at + 1;
  for (;;) {
    at = skipString(text, skipToken(text, at, QUOTE));
    at = skipValue(text, skipBlank(text, skipToken(text, at, COLON)), depth);
    at = skipBlank(text, at);
    if (text.charCodeAt(at) === 125) return at + 1;
    at = skipToken(text, at, COMMA);
  }
}

function skipArray(text: string, from: number, depth: number): number {
  if (depth > MAX_DEPTH) throw NOT_JSON;
  let at = skipBlank(text, from);
  if (text.charCodeAt(at) === 93) return at + 1;
  for (;;) {
    at = skipBlank(text, skipValue(text, skipBlank(text, at), depth));
    if (text.charCodeAt(at) === 93) return at + 1;
    at = skipToken(text, at, COMMA);
  }
}
