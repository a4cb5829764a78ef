import type { GatewayEvent } from '../../../local/gateway/event.ts';
import { fakeClock } from '../support/clock.ts';
import { answers, startEdges, type Running } from '../support/running.ts';
import { httpApi } from '../support/stack.ts';

let running: Running;
beforeAll(async () => {
  running = await startEdges(
    httpApi(
      { 'POST /customers/{customerId}/orders': {}, $default: {} },
      { stage: { StageVariables: { colour: 'blue' } } },
    ),
    { functions: { api: () => answers({ statusCode: 204 }) }, clock: fakeClock() },
  );
});
afterAll(() => running.stop());

async function eventOf(path: string, init: RequestInit = {}): Promise<GatewayEvent> {
  await fetch(running.url + path, init);
  return running.calls.at(-1)?.payload as GatewayEvent;
}

describe('the event of a request', () => {
  test('has payload format 2.0', async () => {
    const event = await eventOf('/customers/C%20101/orders?a=1&b=x%20y&a=2&c', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'jest', 'X-Two': 'q', cookie: 's=1; t=2' },
      body: '{"amount":199}',
    });
    const host = running.url.slice('http://'.length);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /customers/{customerId}/orders',
      rawPath: '/customers/C 101/orders',
      rawQueryString: 'a=1&b=x%20y&a=2&c',
      cookies: ['s=1', 't=2'],
      headers: expect.objectContaining({
        'content-type': 'application/json',
        'content-length': '14',
        'user-agent': 'jest',
        'x-two': 'q',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': String(running.server.port),
        'x-forwarded-proto': 'http',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
        host,
      }) as Record<string, string>,
      queryStringParameters: { a: '1,2', b: 'x y', c: '' },
      pathParameters: { customerId: 'C 101' },
      stageVariables: { colour: 'blue' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        domainName: host,
        domainPrefix: '127',
        http: {
          method: 'POST',
          path: '/customers/C 101/orders',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'jest',
        },
        requestId: expect.any(String) as string,
        routeKey: 'POST /customers/{customerId}/orders',
        stage: '$default',
        time: '22/Nov/2026:10:00:00 +0000',
        timeEpoch: Date.parse('2026-11-22T10:00:00Z'),
      },
      body: '{"amount":199}',
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('leaves out what the request does not have', async () => {
    const event = await eventOf('/nothing');
    for (const absent of ['body', 'cookies', 'queryStringParameters', 'pathParameters'])
      expect(event).not.toHaveProperty(absent);
    expect(event).toMatchObject({ rawQueryString: '', routeKey: '$default', isBase64Encoded: false });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  test('joins the values of a header that comes twice', async () => {
    const { 'x-tag': tag } = (
      await eventOf('/x', {
        headers: [
          ['X-Tag', 'a'],
          ['x-tag', 'b'],
        ],
      })
    ).headers;
    expect(tag?.replaceAll(' ', '')).toBe('a,b');
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/csv', false],
    ['application/xml', false],
    ['application/merge-patch+json', true],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
  ])('carries a body of %s in base64: %s', async (type, base64) => {
    const event = await eventOf('/x', {
      method: 'PATCH',
      headers: { 'content-type': type },
      body: Buffer.from('{"ä":1}'),
    });
    expect(event.isBase64Encoded).toBe(base64);
    expect(event.body).toBe(base64 ? Buffer.from('{"ä":1}').toString('base64') : '{"ä":1}');
  });

  test('carries a body without a type, or an encoded one, in base64', async () => {
    expect(await eventOf('/x', { method: 'POST', body: Buffer.from('x') })).toMatchObject({
      isBase64Encoded: true,
    });
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(await eventOf('/x', { method: 'POST', headers, body: Buffer.from('x') })).toMatchObject({
      isBase64Encoded: true,
    });
  });
});
