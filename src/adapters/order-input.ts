import * as z from 'zod/mini';
import { en } from 'zod/v4/locales';
import type { PageQuery } from '../application/paging.ts';
import { ORDER_STATUSES } from '../domain/order.ts';

/** What callers may say of an order, the same by whichever way they call; all else is refused. */

z.config(en());

/** Half of a surrogate pair cannot be stored as UTF-8: it would come back as another character. */
const wellFormed = z.refine<string>((text) => !/\p{Surrogate}/u.test(text), 'must be well-formed Unicode');
export const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most), wellFormed);
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
/** An int is safe by itself: at most 2^53 - 1. */
const amount = z.int().check(z.minimum(0));

const items = z
  .array(z.strictObject({ sku: text(64), quantity: whole(1, 1_000_000), unitAmount: amount }))
  .check(z.minLength(1), z.maxLength(100));
const note = text(1000);

export const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must match [A-Za-z0-9_-]{1,64}'));
export const status = z.enum(ORDER_STATUSES);

export const contentFields = {
  amount: z.optional(amount),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'))),
  items: z.optional(items),
  note: z.optional(note),
};

export const amendFields = {
  amount: z.optional(amount),
  items: z.optional(z.nullable(items)),
  note: z.optional(z.nullable(note)),
};

export const reason = z.optional(text(500));
export const trackingNumber = z.optional(text(100));

export interface InputProblem {
  path: PropertyKey[];
  code: string;
  detail: string;
}

/** One problem for each field that is wrong, unknown ones by their own names. */
export const inputProblems = (error: z.core.$ZodError): InputProblem[] =>
  error.issues.flatMap((issue): InputProblem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key],
          code: 'unknown-field',
          detail: 'unknown field',
        }))
      : [{ path: issue.path, code: issue.code.replaceAll('_', '-'), detail: issue.message }],
  );

export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** A field that is undefined is one that is not there. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

export interface Paging {
  limit?: number | undefined;
  cursor?: string | undefined;
  order?: 'asc' | 'desc' | undefined;
}

export const pageOf = ({ limit, cursor, order }: Paging): PageQuery =>
  defined({ limit, cursor, direction: order });
