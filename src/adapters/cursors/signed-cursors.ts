import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, Cursors } from '../../application/ports.ts';
import { ok, refused } from '../../domain/result.ts';
import type { SigningKey, SigningKeys } from './signing-keys.ts';

/** To be raised when positions take another form: cursors of the form before are then refused. */
const FORM = 1;

/** A day; the previous key lasts as long if keys are rotated no more often than that. */
const CURSOR_LIFETIME_MS = 24 * 60 * 60 * 1000;

const RADIX = 36;
const PARTS = 4;

const signature = ({ secret }: SigningKey, signed: string, list: readonly unknown[]): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([FORM, signed, list]))
    .digest('base64url');

/** Texts, not the bytes that they encode: base64 has several texts for the same bytes. */
const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** `key id . time of issue . position . signature`; the list that it belongs to is signed, and not in it. */
export const signedCursors = (keys: SigningKeys, clock: Clock): Cursors => ({
  seal: async (list, position) => {
    const key = await keys.current();
    const issued = Date.parse(clock()).toString(RADIX);
    const signed = [key.id, issued, Buffer.from(position).toString('base64url')].join('.');
    return `${signed}.${signature(key, signed, list)}`;
  },

  open: async (list, cursor) => {
    const parts = cursor.split('.');
    if (parts.length !== PARTS) return refused({ code: 'cursor-invalid' });
    const [id, issued, position, given] = parts as [string, string, string, string];
    const key = await keys.byId(id);
    if (!key || !same(given, signature(key, [id, issued, position].join('.'), list))) {
      return refused({ code: 'cursor-invalid' });
    }
    const age = Date.parse(clock()) - parseInt(issued, RADIX);
    return age > CURSOR_LIFETIME_MS
      ? refused({ code: 'cursor-expired' })
      : ok(Buffer.from(position, 'base64url').toString());
  },
});
