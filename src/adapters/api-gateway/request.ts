import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { isId } from '../../domain/order.ts';
import { currentTrace } from '../config.ts';
import { inputProblems, pointerTo } from '../order-input.ts';
import { readTraceparent, traceparentOfXray } from '../trace-context.ts';
import { Refused } from './problem.ts';

/** A route without an authorizer has no `authorizer` in its event, whatever the type says. */
export type ApiEvent = Omit<APIGatewayProxyEventV2WithJWTAuthorizer, 'requestContext'> & {
  requestContext: Omit<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext'], 'authorizer'> & {
    authorizer?: APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']['authorizer'];
  };
};

const MAX_BODY_BYTES = 256 * 1024;
const CORRELATION_ID = /^[A-Za-z0-9_.:-]{1,128}$/;

/** Names of the caller's choosing are taken only in a form that is safe in logs and headers. */
export const correlationOf = ({ headers }: ApiEvent): string => {
  const given = headers['x-correlation-id'];
  return given !== undefined && CORRELATION_ID.test(given) ? given : randomUUID();
};

/** The trace of the caller, or else the one that the function itself is in. */
export const traceparentOf = ({ headers }: ApiEvent): string | undefined =>
  readTraceparent(headers['traceparent']) ?? traceparentOfXray(currentTrace());

const MEDIA_TYPES = new Set(['application/json', 'application/merge-patch+json']);

const rawBody = ({ body, isBase64Encoded, headers }: ApiEvent): string | undefined => {
  if (body === undefined || body === '') return undefined;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) {
    throw new Refused({
      code: 'body-too-large',
      detail: `At most ${MAX_BODY_BYTES} bytes; this one has ${bytes.length}.`,
    });
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    throw new Refused({ code: 'encoding-unsupported' });
  }
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && !MEDIA_TYPES.has(mediaType)) {
    throw new Refused({
      code: 'media-type-unsupported',
      detail: `Send one of ${[...MEDIA_TYPES].join(', ')}.`,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused({ code: 'body-malformed', detail: 'The body is not UTF-8.' });
  }
};

/** Where, but not what: the parser's own words quote the body. */
const notJson = ({ message }: Error): string => {
  const [position] = /position \d+( \(line \d+ column \d+\))?/.exec(message) ?? ['its end'];
  return `The body is not JSON: see ${position}.`;
};

export const bodyOf = <T>(event: ApiEvent, schema: z.ZodMiniType<T>, otherwise?: unknown): T => {
  const raw = rawBody(event);
  if (raw === undefined && otherwise === undefined) throw new Refused({ code: 'body-missing' });
  let value: unknown = otherwise;
  try {
    if (raw !== undefined) value = JSON.parse(raw);
  } catch (error) {
    throw new Refused({ code: 'body-malformed', detail: notJson(error as Error) });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = inputProblems(parsed.error).map(({ path, ...problem }) => ({
    pointer: pointerTo(path),
    ...problem,
  }));
  throw new Refused({ code: 'body-invalid', errors });
};

export const queryOf = <T>(event: ApiEvent, schema: z.ZodMiniType<T>): T => {
  const parsed = schema.safeParse(event.queryStringParameters ?? {});
  if (parsed.success) return parsed.data;
  const errors = inputProblems(parsed.error).map(({ path, ...problem }) => ({
    ...(path.length > 0 && { parameter: path.join('.') }),
    ...problem,
  }));
  throw new Refused({ code: 'query-invalid', errors });
};

export const parameter = (event: ApiEvent, name: string): string => event.pathParameters?.[name] ?? '';

/** The path as a client must write it: `rawPath` comes decoded, and would break the link that it is put into. */
export const pathOf = ({ routeKey, pathParameters = {} }: ApiEvent): string =>
  routeKey
    .replace(/^\S+ /, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathParameters[name] ?? ''));

export const idInvalid = (name: string, detail: string): never => {
  throw new Refused({ code: 'id-invalid', errors: [{ parameter: name, code: 'id-invalid', detail }] });
};

/** An id for something new must be well-formed; of an existing thing it simply is not found. */
export const newId = (event: ApiEvent, name: string): string => {
  const value = parameter(event, name);
  if (isId(value)) return value;
  return idInvalid(name, 'must match [A-Za-z0-9_-]{1,64}');
};

const IDEMPOTENCY_KEY = /^("?)([\x21\x23-\x7e]{1,255})\1$/;

/** Bare, or in quotes as the IETF's draft has it. */
export const idempotencyKeyOf = ({ headers }: ApiEvent): string | undefined => {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  const [, , key] = IDEMPOTENCY_KEY.exec(given) ?? [];
  if (key !== undefined) return key;
  const detail = 'Send as idempotency-key up to 255 visible ASCII characters, such as a UUID.';
  throw new Refused({ code: 'header-malformed', detail });
};

const ETAGS = /^\s*(\*|(W\/)?"[^"]*"(\s*,\s*(W\/)?"[^"]*")*)\s*$/;

/** The versions that a conditional header names; '*' for any. Weak tags never match a version (RFC 9110 13.1.1). */
export const versionsOf = (
  event: ApiEvent,
  header: 'if-match' | 'if-none-match',
): '*' | number[] | undefined => {
  const value = event.headers[header];
  if (value === undefined) return undefined;
  if (!ETAGS.test(value)) {
    const detail = `${header}: send the ETag as it was answered, such as "3" with its quotes.`;
    throw new Refused({ code: 'header-malformed', detail });
  }
  if (value.trim() === '*') return '*';
  const strong = header === 'if-match' ? /(?<!W\/)"(\d+)"/g : /"(\d+)"/g;
  return [...value.matchAll(strong)].map(([, version]) => Number(version));
};
