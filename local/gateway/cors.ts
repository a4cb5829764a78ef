import type { HttpRequest, HttpResponse } from '../http.ts';
import type { Cors } from './api.ts';

type Headers = Record<string, string | readonly string[]>;

/** With CORS configured the gateway answers every preflight itself, whatever the routes say. */
export const isPreflight = ({ method, headers }: HttpRequest): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

export function answerPreflight(cors: Cors, { headers }: HttpRequest): HttpResponse {
  const allowed = originHeaders(cors, headers.origin);
  if (!allowed) return { status: 204 };
  return {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': cors.methods.join(','),
      'access-control-allow-headers': cors.headers.join(','),
      ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
    },
  };
}

/** The answer with the gateway's CORS headers, and none that the function set. */
export function withCors(cors: Cors, { headers }: HttpRequest, answer: HttpResponse): HttpResponse {
  const own = Object.entries(answer.headers ?? {}).filter(([name]) => !name.startsWith('access-control-'));
  const allowed = originHeaders(cors, headers.origin) ?? {};
  const exposed: Headers =
    cors.exposed.length > 0 ? { 'access-control-expose-headers': cors.exposed.join(',') } : {};
  return {
    ...answer,
    headers: { ...Object.fromEntries(own), ...allowed, ...(headers.origin === undefined ? {} : exposed) },
  };
}

function originHeaders({ origins, credentials }: Cors, origin: string | undefined): Headers | undefined {
  if (origin === undefined) return undefined;
  const allowed = origins.some((pattern) => matches(pattern, origin));
  if (!allowed) return undefined;
  const any = origins.includes('*') && !credentials;
  return {
    'access-control-allow-origin': any ? '*' : origin,
    ...(!any && { vary: 'Origin' }),
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  };
}

/** `*`, `https://*`, `http://*`, or the origin itself. */
function matches(pattern: string, origin: string): boolean {
  return pattern.endsWith('*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin;
}
