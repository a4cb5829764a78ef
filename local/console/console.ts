import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, readBody, send, type HttpResponse, type StreamHandler } from '../http.ts';
import { isDecodable, matchRoute, parseRouteKey } from '../gateway/routes.ts';
import type { Live } from './live.ts';
import type { Pages } from './pages.ts';

export interface ApiRequest {
  parameters: Record<string, string>;
  query: URLSearchParams;
  /** Parsed; undefined where there is none. */
  body: unknown;
}

/** By route key, below /_console/api: what a route gives is answered as JSON. */
export type ApiRoutes = Record<string, (request: ApiRequest) => unknown>;

/** What is asked for is not there, or cannot be done: said as `message`. */
export class Declined extends Error {
  override readonly name = 'Declined';
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

const base = '/_console';
const maxBodyBytes = 1024 * 1024;

// Nothing from elsewhere, nothing inline, in no frame: what an event or a log line holds stays text.
const policy = [
  `default-src 'none'`,
  ...['script', 'style', 'connect', 'img'].map((kind) => `${kind}-src 'self'`),
  ...['base-uri', 'form-action', 'frame-ancestors'].map((kind) => `${kind} 'none'`),
].join('; ');

const guards = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Serves /_console. Who asks from elsewhere, by name or by origin, the server has refused before. */
export function createConsole({
  routes,
  live,
  pages,
}: {
  routes: ApiRoutes;
  live: Live;
  pages: Pages;
}): StreamHandler {
  const table = Object.keys(routes).map((key) => ({ key, pattern: parseRouteKey(key) }));

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<HttpResponse | undefined> {
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? base, 'http://console');
    const path = url.pathname.slice(base.length) || '/';
    if (path !== '/api' && !path.startsWith('/api/')) {
      return method === 'GET' ? await pages.serve(path) : json(405, { message: 'Method Not Allowed' });
    }
    const below = path.slice('/api'.length) || '/';
    if (method === 'GET' && below === '/live') {
      for (const [name, value] of Object.entries(guards)) response.setHeader(name, value);
      live.attach(request, response);
      return undefined;
    }
    if (method === 'GET' && below === '/')
      return json(200, { routes: [...Object.keys(routes), 'GET /live'] });
    if (!isDecodable(below)) return json(400, { message: `${below} is no percent-encoded UTF-8` });
    const matched = matchRoute(table, method, below);
    if (!matched) return json(404, { message: `There is no ${method} ${base}/api${below}` });
    const run = routes[matched.route.key];
    const given = method === 'GET' ? { body: undefined } : await bodyOf(request);
    if ('refusal' in given) return given.refusal;
    const { pathParameters: parameters } = matched;
    return json(200, await run?.({ parameters, query: url.searchParams, body: given.body }));
  }

  return (request, response) => {
    answer(request, response)
      .catch((error: unknown) => {
        if (error instanceof Declined) return json(error.status, { message: error.message });
        if (!request.errored) process.stderr.write(`${request.url ?? ''} ${describe(error)}\n`);
        return json(500, { message: error instanceof Error ? error.message : String(error) });
      })
      .then((answered) => {
        if (answered) send(response, { ...answered, headers: { ...guards, ...answered.headers } });
      })
      .catch((error: unknown) => process.stderr.write(`${request.url ?? ''} ${describe(error)}\n`));
  };
}

/** A form of another page cannot send JSON without asking first, and asking is refused. */
async function bodyOf(request: IncomingMessage): Promise<{ body: unknown } | { refusal: HttpResponse }> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    return { refusal: json(415, { message: 'Send JSON: content-type: application/json' }) };
  }
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    const headers = { connection: 'close' };
    return { refusal: json(413, { message: `At most ${maxBodyBytes} bytes` }, headers) };
  }
  try {
    return { body: JSON.parse(body.toString()) as unknown };
  } catch (error) {
    return { refusal: json(400, { message: `The body is not JSON: ${String(error)}` }) };
  }
}

const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
