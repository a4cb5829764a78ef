import type { HttpResponse } from '../http.ts';
import { isRecord } from '../properties.ts';

export const message = (
  status: number,
  text: string,
  headers: Record<string, string> = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

export const internalServerError = (): HttpResponse => message(500, 'Internal Server Error');

// What a gateway writes itself; a function's value would break the connection's framing.
const ownHeaders = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** What a function's answer means as HTTP, by payload format 2.0. */
export function inferResponse(payload: unknown): HttpResponse {
  if (!isRecord(payload) || payload['statusCode'] === undefined) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers = {}, cookies = [], body, isBase64Encoded } = payload;
  const status = Number(statusCode);
  const malformed =
    !Number.isInteger(status) ||
    status < 200 ||
    status > 599 ||
    (body !== undefined && body !== null && typeof body !== 'string') ||
    !isRecord(headers) ||
    !Array.isArray(cookies);
  if (malformed) return internalServerError();
  const sent: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (value === undefined || value === null || ownHeaders.has(lower)) continue;
    if (!isPrintable(name, value)) return internalServerError();
    sent[lower] = String(value);
  }
  if (body && sent['content-type'] === undefined) sent['content-type'] = 'text/plain;charset=UTF-8';
  if (cookies.length > 0) sent['set-cookie'] = cookies.map(String);
  const text = body ?? '';
  return { status, headers: sent, body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text };
}

const isPrintable = (name: string, value: unknown): value is string | number | boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) &&
  (typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && !/[^\t\x20-\xff]/.test(value)));
