import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

export interface HttpRequest {
  method: string;
  /** As sent (percent-encoded), without the prefix it is mounted at and without the query. */
  path: string;
  /** Without the question mark; empty when there is none. */
  query: string;
  headers: IncomingHttpHeaders;
  /** Names and values alternating, in the order sent. */
  rawHeaders: readonly string[];
  body: Buffer;
  sourceIp: string;
  /** Aborted when the client goes away before its answer. */
  signal: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers?: Record<string, string | readonly string[]>;
  body?: string | Uint8Array;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

/** Reads the request and writes the answer itself: for what streams. */
export type StreamHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Mounted {
  handler: HttpHandler;
  maxBodyBytes: number;
  /** The answer to a longer body. */
  tooLarge: HttpResponse;
}

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string | readonly string[]> = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** The body, or undefined when it is longer; rejects when the client goes away. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function send(response: ServerResponse, { status, headers = {}, body = '' }: HttpResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status !== 204 && status !== 304 && !response.hasHeader('content-length')) {
    response.setHeader('content-length', Buffer.byteLength(body));
  }
  response.end(body);
}
