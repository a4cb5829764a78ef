import * as z from 'zod/mini';
import { text } from './order-input.ts';

/** What callers may say of a user; all else is refused. Nothing has a default: leaving `active` out must not switch it. */
export const profileFields = { name: text(200), role: text(100), active: z.boolean() };
