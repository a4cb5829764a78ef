import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeDocsPage } from '../../../infra/docs-page.ts';
import { docsHandler } from '../../../src/adapters/api-gateway/docs-handler.ts';
import { DOCS_ROUTES } from '../../../src/adapters/api-gateway/docs-routes.ts';
import { eventOf, type Request } from '../../support/api.ts';
import { unicodeText } from '../../support/unicode-text.ts';

const ROOT = path.join(__dirname, '../../..');
const directory = mkdtempSync(path.join(tmpdir(), 'docs-'));
writeDocsPage(directory);
afterAll(() => rmSync(directory, { recursive: true }));

const handler = docsHandler(directory);
const ask = async (request: Request) => {
  const { statusCode, headers = {}, body, isBase64Encoded } = await handler(eventOf(request));
  return { status: statusCode, headers, body, isBase64Encoded };
};
const file = (name: string): Request => ({ routeKey: 'GET /docs/{file}', path: { file: name } });
const page: Request = { routeKey: 'GET /docs' };
const contract: Request = { routeKey: 'GET /openapi.json' };
const gzip = { 'accept-encoding': 'gzip, deflate, br' };

describe('the OpenAPI document', () => {
  it('is docs/openapi.json to the byte, gzipped or not', async () => {
    const document = readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8');
    expect(await ask(contract)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', vary: 'accept-encoding' },
      body: document,
    });
    const zipped = await ask({ ...contract, headers: gzip });
    expect(zipped).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
    expect(gunzipSync(Buffer.from(zipped.body ?? '', 'base64')).toString()).toBe(document);
  });

  it.each([
    ['gzip', true],
    ['br;q=1, GZIP;q=0.5', true],
    ['gzip;q=0', false],
    ['', false],
    ['br', false],
    ['identity', false],
  ])('given Accept-Encoding: %s, then gzipped: %s', async (encoding, expected) => {
    const { headers } = await ask({ ...contract, headers: { 'accept-encoding': encoding } });
    expect(headers['content-encoding'] === 'gzip').toBe(expected);
  });
});

describe('the page', () => {
  const html = readFileSync(path.join(ROOT, 'openapi/page/docs.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="docs\/([^"]+)"/g)].map(([, name = '']) => name);

  it('is HTML under a policy that lets in nothing of other origins, and nothing inline', async () => {
    const { headers, body } = await ask(page);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(body).toBe(html);
  });

  it('names files that are served, each as what it is', async () => {
    expect(named).toHaveLength(4);
    for (const name of named) {
      const { status, headers, body = '' } = await ask(file(name));
      const type = name.endsWith('.js') ? 'text/javascript' : 'text/css';
      expect([name, status, headers['content-type']]).toEqual([name, 200, `${type}; charset=utf-8`]);
      expect(body).not.toContain('sourceMappingURL');
    }
  });

  it.each(['', 'nothing.js', 'docs.html', '../openapi.json', '..\\openapi.json', '__proto__', 'page.js.gz'])(
    'given the file "%s", then 404',
    async (name) => {
      const { status, headers, body = '' } = await ask(file(name));
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json']);
      const correlationId = headers['x-correlation-id'];
      expect(JSON.parse(body)).toMatchObject({ code: 'route-not-found', status: 404, correlationId });
    },
  );

  it('is answered to HEAD as to GET', async () => {
    const headers = { 'x-correlation-id': 'mine' };
    expect(await ask({ routeKey: 'HEAD /docs', headers })).toEqual(await ask({ ...page, headers }));
  });
});

describe('what the client has already', () => {
  it.each([page, contract, file('page.js')])(
    'of $routeKey is not sent again, until it changes',
    async (request) => {
      const { etag = '' } = (await ask(request)).headers;
      const given = (value: string) => ask({ ...request, headers: { 'if-none-match': value } });
      for (const value of [String(etag), `"other", ${String(etag)}`, '*']) {
        expect(await given(value)).toMatchObject({
          status: 304,
          headers: { etag, 'cache-control': 'no-cache' },
        });
        expect((await given(value)).body).toBeUndefined();
      }
      expect(await given('W/"other"')).toMatchObject({ status: 200, headers: { etag } });
    },
  );
});

it('whatever is asked of it, then it answers with a file of the page, or with 404', async () => {
  const odd = fc.oneof(
    unicodeText({ maxLength: 40 }),
    fc.constantFrom('page.js', 'swagger-ui.css', '../index.js', '/etc/passwd', 'constructor'),
  );
  const headers = fc.record(
    { 'accept-encoding': odd, 'if-none-match': odd, 'x-correlation-id': odd },
    { requiredKeys: [] },
  );
  const requests = fc.record({
    routeKey: fc.constantFrom(...DOCS_ROUTES),
    path: fc.record({ file: odd }),
    headers,
  });
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const { status, headers: answered } = await ask(request);
      expect([200, 304, 404]).toContain(status);
      for (const value of Object.values(answered)) expect(String(value)).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});
