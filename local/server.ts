import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, readBody, send, type HttpResponse, type Mounted, type StreamHandler } from './http.ts';
import { Unready } from './unready.ts';

export interface Mounts {
  aws: Mounted;
  issuer: Mounted;
  gateway: Mounted;
  /** Serves /_console; without it the path answers 404. */
  console?: StreamHandler;
}

export interface Server {
  /** http://127.0.0.1:PORT: known before anything is served, since functions and tokens name it. */
  url: string;
  port: number;
  /** Until this is called every request answers 503. */
  serve(mounts: Mounts): void;
  close(): Promise<void>;
}

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  constructor(readonly port: number) {
    super(`Port ${port} is taken.`);
  }
}

const host = '127.0.0.1';
// Above the gateway's own limit, so that the gateway answers in its own words.
const maxHeaderSize = 64 * 1024;
const prefixes = { '/_aws': 'aws', '/_issuer': 'issuer', '/_console': 'console' } as const;

/** Binds the port (0: any free one). Rejects with PortTaken. */
export async function openServer({ port }: { port: number }): Promise<Server> {
  let mounts: Mounts | undefined;
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 65_000 }, (request, response) => {
    dispatch(mounts, request, response)
      .then((answer) => answer && send(response, answer))
      .catch((error: unknown) => {
        // A client that went away gets no answer.
        if (request.errored) return;
        process.stderr.write(`${request.method ?? ''} ${request.url ?? ''} ${describe(error)}\n`);
        for (const name of response.headersSent ? [] : response.getHeaderNames()) response.removeHeader(name);
        send(response, json(500, { message: 'Internal Server Error' }));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new PortTaken(port));
      else if (error.code === 'EACCES')
        reject(new Unready(`Port ${port} is not for this user: choose one above 1023 with --port.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    serve: (given) => {
      mounts = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
}

/** The answer; undefined when it is written elsewhere. */
async function dispatch(
  mounts: Mounts | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpResponse | undefined> {
  if (!namesThisMachine(request)) return json(403, { message: 'Host not allowed' });
  if (!mounts) return json(503, { message: 'Starting' }, { 'retry-after': '1' });
  const { area, path, query } = locate(request.url ?? '/');
  if (area !== 'gateway' && comesFromElsewhere(request)) {
    return json(403, { message: 'Requests from other origins are refused here' });
  }
  if (area === 'console') {
    if (!mounts.console) return json(404, { message: 'Not Found' });
    mounts.console(request, response);
    return undefined;
  }
  const { handler, maxBodyBytes, tooLarge } = mounts[area];
  const body = await readBody(request, maxBodyBytes);
  if (!body) return closing(request, tooLarge);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const { method = 'GET', headers, rawHeaders } = request;
  const sourceIp = request.socket.remoteAddress ?? host;
  return handler({ method, path, query, headers, rawHeaders, body, sourceIp, signal: gone.signal });
}

function locate(target: string): { area: keyof Mounts; path: string; query: string } {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  for (const [prefix, area] of Object.entries(prefixes)) {
    if (path === prefix || path.startsWith(`${prefix}/`)) {
      return { area, path: path.slice(prefix.length) || '/', query };
    }
  }
  return { area: 'gateway', path, query };
}

/** A page that rebinds its own name to 127.0.0.1 still sends that name. */
function namesThisMachine({ headers, socket }: IncomingMessage): boolean {
  const { host: named } = headers;
  return named === `${host}:${socket.localPort ?? 0}` || named === `localhost:${socket.localPort ?? 0}`;
}

function comesFromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return true;
  return headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;
}

/** The client may still be sending: what it sends is read and dropped for a while, so that it sees the answer. */
function closing(request: IncomingMessage, answer: HttpResponse): HttpResponse {
  request.resume();
  setTimeout(() => request.destroy(), 5_000).unref();
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
