import * as z from 'zod/mini';
import { amendFields, contentFields, reason, status, trackingNumber } from '../order-input.ts';
import { profileFields } from '../user-input.ts';

export const createBody = z.strictObject(contentFields);
export const amendBody = z.strictObject(amendFields);
export const transitionBody = z.strictObject({ reason });
export const userBody = z.strictObject(profileFields);
export const userPatch = z.partial(userBody);
export const shipBody = z.strictObject({ reason, trackingNumber });

const limit = z.optional(
  z.pipe(
    z.string().check(z.regex(/^[1-9][0-9]{0,8}$/, 'must be a whole number from 1')),
    z.transform(Number),
  ),
);
const page = {
  limit,
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
  order: z.optional(z.enum(['asc', 'desc'])),
};
const flag = z.optional(
  z.pipe(
    z.enum(['true', 'false']),
    z.transform((value) => value === 'true'),
  ),
);

export const noQuery = z.strictObject({});
export const getQuery = z.strictObject({ consistent: flag });
export const customerQuery = z.strictObject({ ...page, status: z.optional(status), consistent: flag });
export const orderIdQuery = z.strictObject(page);
export const historyQuery = z.strictObject(page);
export const usersQuery = z.strictObject(page);

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day);
const time = z
  .string()
  .check(
    z.regex(
      /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{3})?)?$/,
      'must be a UTC time as HH:MM, HH:MM:SS or HH:MM:SS.mmm',
    ),
  );

export const staffQuery = z
  .strictObject({
    ...page,
    status: z.optional(status),
    date: z.optional(z.string().check(z.refine(isDay, 'must be a day as YYYY-MM-DD'))),
    from: z.optional(time),
    to: z.optional(time),
  })
  .check(
    z.refine(({ status: ofStatus, date }) => (ofStatus === undefined) !== (date === undefined), {
      error: 'give exactly one of status and date',
    }),
    z.refine(({ date, from, to }) => date !== undefined || (from === undefined && to === undefined), {
      error: 'from and to go with date',
    }),
  );
