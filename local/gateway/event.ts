import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpRequest } from '../http.ts';
import type { HttpApi, Route } from './api.ts';

export interface Identity {
  claims: Record<string, string>;
  scopes: string[] | null;
}

export interface GatewayEvent {
  version: '2.0';
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  cookies?: string[];
  headers: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  pathParameters?: Record<string, string>;
  stageVariables?: Record<string, string>;
  requestContext: {
    accountId: string;
    apiId: string;
    domainName: string;
    domainPrefix: string;
    http: { method: string; path: string; protocol: string; sourceIp: string; userAgent: string };
    requestId: string;
    routeKey: string;
    stage: string;
    time: string;
    timeEpoch: number;
    authorizer?: { jwt: Identity };
  };
  body?: string;
  isBase64Encoded: boolean;
}

export function gatewayEvent(
  request: HttpRequest,
  context: {
    api: HttpApi;
    accountId: string;
    route: Route;
    pathParameters: Record<string, string>;
    identity: Identity | undefined;
    now: number;
  },
): GatewayEvent {
  const { api, route, pathParameters, identity, now } = context;
  const { cookie, ...headers } = joinedHeaders(request.rawHeaders);
  const host = headers['host'] ?? '';
  // HTTP APIs hand the path on decoded, the query string as it came.
  const path = decodeURIComponent(request.path);
  const query = joinedQuery(request.query);
  const binary = request.body.length > 0 && isBinary(headers);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookie !== undefined && { cookies: cookie.split(/[;,] */) }),
    headers: {
      ...headers,
      'x-amzn-trace-id': `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(Object.keys(api.stageVariables).length > 0 && { stageVariables: api.stageVariables }),
    requestContext: {
      accountId: context.accountId,
      apiId: api.id,
      ...(identity && { authorizer: { jwt: identity } }),
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: api.stage,
      time: logTime(now),
      timeEpoch: now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}

export function joinedHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

function joinedQuery(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

// As recorded from HTTP APIs: everything else is base64, forms and application/*+json included.
const textTypes = /^(text\/.+|application\/(json|javascript|xml))$/i;

function isBinary(headers: Record<string, string>): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return headers['content-encoding'] !== undefined || !textTypes.test(type.trim());
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 12/Mar/2020:19:03:58 +0000 */
function logTime(now: number): string {
  const date = new Date(now);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}/${months[date.getUTCMonth()] ?? ''}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}
