import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { Ids } from '../application/ports.ts';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

const fingerprint = (content: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('base64url');

/** 96 bits: two requests to one order never share them. */
const MUTATION_CHARACTERS = 16;

export const systemIds: Ids = {
  newOrderId: () => `O${ulid()}`,
  fingerprint,
  mutation: (request) => fingerprint(request).slice(0, MUTATION_CHARACTERS),
};
