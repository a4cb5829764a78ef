import { request as httpRequest } from 'node:http';
import { fakeClock, until } from '../support/clock.ts';
import { permissionsBut } from '../support/permissions.ts';
import { answers, fails, startEdges, type Running } from '../support/running.ts';
import { functionArn, httpApi, withJwt } from '../support/stack.ts';

let running: Running | undefined;
afterEach(() => running?.stop());

const start = async (...parameters: Parameters<typeof startEdges>) =>
  (running = await startEdges(...parameters));
const body = (response: Response) => response.json();

describe('the gateway', () => {
  test('answers 404 where no route matches, and where there is no API', async () => {
    const edges = await start(httpApi({ 'GET /a': {} }), { functions: { api: () => answers('x') } });
    const response = await fetch(`${edges.url}/b`);
    expect(response.status).toBe(404);
    expect(await body(response)).toEqual({ message: 'Not Found' });
    await edges.stop();
    const none = await start([]);
    expect((await fetch(none.url)).status).toBe(404);
  });

  test('answers 500 for a function that fails, and 503 for one that cannot be entered', async () => {
    let outcome = fails();
    const edges = await start(httpApi({ $default: {} }), { functions: { api: () => outcome } });
    const failed = await fetch(edges.url);
    expect(failed.status).toBe(500);
    expect(await body(failed)).toEqual({ message: 'Internal Server Error' });
    outcome = { outcome: 'unreached', requestId: 'r', reason: 'busy' } as never;
    const busy = await fetch(edges.url);
    expect(busy.status).toBe(503);
    expect(await body(busy)).toEqual({ message: 'Service Unavailable' });
  });

  test('6.2 routes: a function that does not let one in is not called, and the answer is 500', async () => {
    const { permissions, asked } = permissionsBut(/\$default\/\$default lambda/);
    const edges = await start(httpApi({ 'GET /a/{id}': {}, $default: {} }), {
      functions: { api: () => answers('x') },
      permissions,
    });
    expect((await fetch(`${edges.url}/a/1`)).status).toBe(200);
    const denied = await fetch(`${edges.url}/b`);
    expect(denied.status).toBe(500);
    expect(await body(denied)).toEqual({ message: 'Internal Server Error' });
    expect(edges.calls).toHaveLength(1);
    const routes = 'arn:aws:execute-api:eu-central-1:000000000000:api1/$default';
    expect(asked).toEqual(
      ['GET/a/{id}', '$default'].map(
        (route) =>
          `apigateway.amazonaws.com for ${routes}/${route} lambda:InvokeFunction on ${functionArn('api')}`,
      ),
    );
  });

  test('gives up on a function after the timeout of the integration', async () => {
    const clock = fakeClock();
    const edges = await start(httpApi({ $default: {} }, { integration: { TimeoutInMillis: 5_000 } }), {
      clock,
      functions: { api: () => new Promise(() => undefined) },
    });
    const answering = fetch(edges.url);
    await until(() => edges.calls.length === 1, 'the function is called');
    await clock.advance(4_999);
    await clock.advance(1);
    expect((await answering).status).toBe(503);
  });

  test('takes 10 MB and no more', async () => {
    const edges = await start(httpApi({ $default: {} }), {
      functions: { api: () => answers({ statusCode: 200 }) },
    });
    const post = (bytes: number) =>
      fetch(edges.url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: 'x'.repeat(bytes),
      });
    expect((await post(6 * 1024 * 1024)).status).toBe(200);
    const refused = await post(10 * 1024 * 1024 + 1);
    expect(refused.status).toBe(413);
    expect(await body(refused)).toEqual({ message: 'Request Entity Too Large' });
    expect(edges.calls).toHaveLength(1);
  });

  test('takes 10,240 bytes of request line and headers', async () => {
    const edges = await start(httpApi({ $default: {} }), { functions: { api: () => answers('x') } });
    const get = (bytes: number) => fetch(edges.url, { headers: { 'x-long': 'x'.repeat(bytes) } });
    expect((await get(9_000)).status).toBe(200);
    expect((await get(10_240)).status).toBe(431);
    expect((await get(30_000)).status).toBe(431);
  });

  test('refuses a path that is not encoded properly', async () => {
    const edges = await start(httpApi({ $default: {} }), { functions: { api: () => answers('x') } });
    expect((await fetch(`${edges.url}/%E0%A4%A`)).status).toBe(400);
    expect(edges.calls).toEqual([]);
  });

  test('throttles by the stage’s bucket, which fills again', async () => {
    const clock = fakeClock();
    const edges = await start(
      httpApi(
        { 'GET /a': {}, 'GET /b': {} },
        {
          stage: {
            DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 },
            RouteSettings: { 'GET /b': { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 } },
          },
        },
      ),
      { clock, functions: { api: () => answers('x') } },
    );
    const statuses = async (path: string, times: number) => {
      const all: number[] = [];
      for (let n = 0; n < times; n += 1) all.push((await fetch(edges.url + path)).status);
      return all;
    };
    expect(await statuses('/a', 3)).toEqual([200, 200, 429]);
    expect(await statuses('/b', 1)).toEqual([429]);
    await clock.advance(1_000);
    expect(await statuses('/a', 2)).toEqual([200, 429]);
    expect(await body(await fetch(`${edges.url}/a`))).toEqual({ message: 'Too Many Requests' });
    await clock.advance(60_000);
    expect(await statuses('/a', 3)).toEqual([200, 200, 429]);
  });

  test('answers HEAD without a body, by the route for it', async () => {
    const edges = await start(httpApi({ 'ANY /a': {} }), {
      functions: { api: () => answers({ statusCode: 200, headers: { etag: '"1"' }, body: 'long' }) },
    });
    const response = await fetch(`${edges.url}/a`, { method: 'HEAD' });
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"1"', '']);
    expect(edges.calls[0]?.payload).toMatchObject({ requestContext: { http: { method: 'HEAD' } } });
  });

  test('sends each cookie on its own, and 204 without a body', async () => {
    const edges = await start(httpApi({ $default: {} }), {
      functions: { api: () => answers({ statusCode: 204, cookies: ['a=1', 'b=2'] }) },
    });
    const response = await fetch(edges.url);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-length')).toBeNull();
  });

  test('writes the access log of the stage, in which a client forges nothing', async () => {
    const format =
      '{"route":"$context.routeKey","status":"$context.status","agent":"$context.identity.userAgent","x":"$context.nothing","sub":"$context.authorizer.claims.sub"}';
    const edges = await start(
      httpApi(
        { 'GET /a': withJwt() },
        {
          stage: {
            AccessLogSettings: { DestinationArn: 'arn:aws:logs:r:0:log-group:/access', Format: format },
          },
        },
      ),
      { functions: { api: () => answers('x') } },
    );
    const authorization = `Bearer ${await edges.issuer.token({ sub: 'U1' })}`;
    await fetch(`${edges.url}/a`, { headers: { authorization, 'user-agent': '","status":"500' } });
    await fetch(`${edges.url}/a`);
    expect(edges.logs.read('/access').map(({ message }) => JSON.parse(message) as unknown)).toMatchObject([
      { route: 'GET /a', status: '200', agent: '","status":"500', x: '-', sub: 'U1' },
      { route: 'GET /a', status: '401', sub: '-' },
    ]);
  });

  test('reads the function out of an invocation URI', async () => {
    const IntegrationUri = `arn:aws:apigateway:r:lambda:path/2015-03-31/functions/${functionArn('other')}/invocations`;
    const edges = await start(httpApi({ $default: {} }, { integration: { IntegrationUri } }), {
      functions: { other: () => answers('other') },
    });
    expect(await (await fetch(edges.url)).text()).toBe('other');
  });

  test.each([
    [
      'a payload format it does not make',
      httpApi({ $default: {} }, { integration: { PayloadFormatVersion: '1.0' } }),
      /integration1/,
    ],
    [
      'an authorizer it does not evaluate',
      httpApi({ $default: { AuthorizationType: 'AWS_IAM' } }),
      /AWS_IAM/,
    ],
    ['a second API', [...httpApi({}), { type: 'AWS::ApiGatewayV2::Api', name: 'api2' }], /api2/],
  ])('refuses a template with %s', async (_, resources, message) => {
    await expect(startEdges(resources)).rejects.toThrow(message);
  });
});

describe('with CORS', () => {
  const api = {
    CorsConfiguration: {
      AllowOrigins: ['https://shop.example'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['authorization'],
      ExposeHeaders: ['etag'],
      MaxAge: 60,
    },
  };
  const preflight = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
  const functions = {
    api: () =>
      answers({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*', etag: '"1"' }, body: 'x' }),
  };

  test('answers a preflight itself, without a token', async () => {
    const edges = await start(httpApi({ 'POST /a': withJwt() }, { api }), { functions });
    const { status, headers } = await raw(edges.url, '/a', 'OPTIONS', preflight);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '60',
    });
    const foreign = await raw(edges.url, '/a', 'OPTIONS', { ...preflight, origin: 'https://evil.example' });
    expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
    expect(edges.calls).toEqual([]);
  });

  test('puts its headers in the place of the function’s', async () => {
    const edges = await start(httpApi({ 'GET /a': {} }, { api }), { functions });
    const get = async (origin?: string) =>
      (await raw(edges.url, '/a', 'GET', origin ? { origin } : {})).headers;
    expect(await get('https://shop.example')).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-expose-headers': 'etag',
      etag: '"1"',
    });
    for (const origin of ['https://evil.example', undefined]) {
      expect(await get(origin)).not.toHaveProperty('access-control-allow-origin');
    }
  });
});

/** fetch does not send these headers. */
const raw = (url: string, path: string, method: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const sent = httpRequest(url + path, { method, headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode, headers: response.headers }));
    });
    sent.once('error', reject);
    sent.end();
  });
