import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { accepts } from './accept.ts';
import { problemResponse } from './problem.ts';
import { type ApiEvent, correlationOf } from './request.ts';

type DocsHandler = (event: ApiEvent) => Promise<APIGatewayProxyStructuredResultV2>;

interface File {
  type: string;
  etag: string;
  zipped: Buffer;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};

const HEADERS = {
  // Asked for anew each time, and mostly answered with 304: nothing is stale after a deployment.
  'cache-control': 'no-cache',
  vary: 'accept-encoding',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

const filesIn = (directory: string): Map<string, File> =>
  new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.gz'))
      .map((name) => {
        const zipped = readFileSync(path.join(directory, name));
        const file = name.replace(/\.gz$/, '').replaceAll(path.sep, '/');
        const hash = createHash('sha256').update(zipped).digest('base64url').slice(0, 22);
        // Weak: the same for the zipped and the plain form.
        return [file, { type: TYPES[path.extname(file)] ?? '', etag: `W/"${hash}"`, zipped }];
      }),
  );

const fileOf = ({ routeKey, pathParameters }: ApiEvent): string => {
  const [, template = ''] = routeKey.split(' /');
  return template === 'docs' ? 'docs.html' : template.replace('{file}', () => pathParameters?.['file'] ?? '');
};

const known = ({ headers }: ApiEvent, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((given) => ['*', etag].includes(given.trim()));

const content = ({ headers }: ApiEvent, zipped: Buffer): APIGatewayProxyStructuredResultV2 => {
  // Unlike an empty Accept, an empty Accept-Encoding takes nothing but the plain form.
  const encodings = headers['accept-encoding']?.trim() ?? '';
  if (encodings === '' || !accepts(encodings, 'gzip')) return { body: gunzipSync(zipped).toString() };
  return {
    headers: { 'content-encoding': 'gzip' },
    body: zipped.toString('base64'),
    isBase64Encoded: true,
  };
};

/** Serves the zipped files of a directory: the OpenAPI document, the page that shows it, and what the page is made of. */
export const docsHandler = (directory: string): DocsHandler => {
  const files = filesIn(directory);

  return (event) => {
    const correlationId = correlationOf(event);
    const own = { 'x-correlation-id': correlationId };
    const file = files.get(fileOf(event));
    if (!file) {
      const { headers, ...problem } = problemResponse({ code: 'route-not-found' }, correlationId);
      return Promise.resolve({ ...problem, headers: { ...headers, ...own } });
    }
    const { type, etag, zipped } = file;
    const common = { ...HEADERS, ...own, etag };
    if (known(event, etag)) return Promise.resolve({ statusCode: 304, headers: common });
    const { headers, ...rest } = content(event, zipped);
    const all = { ...common, 'content-type': type, ...headers };
    return Promise.resolve({ statusCode: 200, headers: all, ...rest });
  };
};
