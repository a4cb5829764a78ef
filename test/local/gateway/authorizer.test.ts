import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose';
import { fakeClock } from '../support/clock.ts';
import { answers, startEdges, type Running } from '../support/running.ts';
import { httpApi, withJwt } from '../support/stack.ts';

const clock = fakeClock();
const now = Math.floor(clock.now() / 1000);
let running: Running;

beforeAll(async () => {
  running = await startEdges(
    httpApi({ 'GET /plain': withJwt(), 'GET /scoped': withJwt('orders/staff', 'orders/admin') }),
    { functions: { api: () => answers({ statusCode: 200, body: 'in' }) }, clock },
  );
});
afterAll(() => running.stop());

const get = (path: string, authorization?: string) =>
  fetch(running.url + path, authorization === undefined ? {} : { headers: { authorization } });
const own = (claims: Record<string, unknown> = {}, options = {}) =>
  running.issuer.token({ sub: 'U1', scope: 'orders/customer', ...claims }, options);

describe('the JWT authorizer', () => {
  test('lets a token of the issuer in, and hands its claims on as strings', async () => {
    const token = await own({
      customer_id: 'C101',
      'cognito:groups': ['a', 'b'],
      ok: true,
      nested: { k: 1 },
    });
    const response = await get('/plain', `Bearer ${token}`);
    expect(response.status).toBe(200);
    expect(running.calls.at(-1)?.payload).toMatchObject({
      requestContext: {
        authorizer: {
          jwt: {
            claims: {
              iss: running.issuer.url,
              aud: 'orders',
              sub: 'U1',
              scope: 'orders/customer',
              customer_id: 'C101',
              iat: String(now),
              'cognito:groups': '[a b]',
              ok: 'true',
              nested: 'map[k:1]',
            },
            scopes: null,
          },
        },
      },
    });
    expect((await get('/plain', token)).status).toBe(200);
  });

  test('forbids a route to a token that has none of its scopes', async () => {
    const refused = await get('/scoped', `Bearer ${await own()}`);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ message: 'Forbidden' });
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect((await get('/scoped', `Bearer ${await own({ scope: 'x orders/staff' })}`)).status).toBe(200);
    expect(running.calls.at(-1)?.payload).toMatchObject({
      requestContext: { authorizer: { jwt: { scopes: ['x', 'orders/staff'] } } },
    });
  });

  test.each<[string, () => Promise<string> | string]>([
    ['no token', () => ''],
    ['no JWT', () => 'Bearer x.y.z'],
    ['an expired one', async () => own({}, { expiresIn: -1 })],
    ['one with a changed claim', async () => tampered(await own())],
    ['an unsigned one', async () => unsigned(await own())],
  ])('refuses %s', async (_, make) => {
    const before = running.calls.length;
    const response = await get('/plain', await make());
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(running.calls).toHaveLength(before);
  });
});

function tampered(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'U2' })).toString('base64url');
  return [header, changed, signature].join('.');
}

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  return `${header}.${token.split('.')[1] ?? ''}.`;
}

describe('with an issuer elsewhere', () => {
  let key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  let issuer: string;
  let fetched = 0;
  const published: object[] = [];
  const elsewhere = createServer((request, response) => {
    fetched += 1;
    const jwks_uri = `${issuer}/keys`;
    response.end(JSON.stringify(request.url === '/keys' ? { keys: published } : { jwks_uri }));
  });
  let edges: Running;

  const publish = async (kid: string) => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    published.push({ ...(await exportJWK(pair.publicKey)), kid });
    key = pair.privateKey;
  };
  const sign = (claims: JWTPayload, header: { kid?: string; alg?: string } = {}) =>
    new SignJWT({ iss: issuer, aud: 'a', sub: 's', exp: now + 60, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
      .sign(header.alg === 'HS256' ? new TextEncoder().encode('x'.repeat(32)) : key);
  const status = async (token: string) =>
    (await fetch(`${edges.url}/plain`, { headers: { authorization: `Bearer ${token}` } })).status;

  beforeAll(async () => {
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    await publish('k1');
    edges = await startEdges(
      httpApi(
        { 'GET /plain': withJwt() },
        { authorizer: { JwtConfiguration: { Issuer: issuer, Audience: ['a', 'client'] } } },
      ),
      { functions: { api: () => answers('in') }, clock },
    );
  });
  afterAll(async () => {
    await edges.stop();
    elsewhere.close();
  });

  test.each<[string, JWTPayload, { kid?: string; alg?: string }, number]>([
    ['all in order', {}, {}, 200],
    ['one of several audiences', { aud: ['x', 'a'] }, {}, 200],
    ['client_id in the place of aud', { aud: undefined, client_id: 'client' }, {}, 200],
    ['client_id beside a wrong aud', { aud: 'x', client_id: 'client' }, {}, 401],
    ['another issuer', { iss: 'http://other' }, {}, 401],
    ['no expiry', { exp: undefined }, {}, 401],
    ['not before a minute from now', { nbf: now + 60 }, {}, 401],
    ['issued in a minute', { iat: now + 60 }, {}, 401],
    ['an unknown key', {}, { kid: 'k9' }, 401],
    ['a symmetric signature', {}, { alg: 'HS256' }, 401],
    ['another RSA algorithm', {}, { alg: 'RS512' }, 401],
  ])('a token with %s', async (_, claims, header, expected) => {
    const made = header.alg === 'RS512' ? await rs512(claims) : await sign(claims, header);
    expect(await status(made)).toBe(expected);
  });

  const rs512 = async (claims: JWTPayload) =>
    new SignJWT({ iss: issuer, aud: 'a', exp: now + 60, ...claims })
      .setProtectedHeader({ alg: 'RS512', kid: 'k1' })
      .sign(await importJWK(await exportJWK(key), 'RS512'));

  test('a token without a key id is refused', async () => {
    const token = await new SignJWT({ iss: issuer, aud: 'a', exp: now + 60 })
      .setProtectedHeader({ alg: 'RS256' })
      .sign(key);
    expect(await status(token)).toBe(401);
  });

  test('its keys are fetched once, and again for a new key id, but not for every one', async () => {
    const before = fetched;
    for (let n = 0; n < 5; n += 1) await status(await sign({}));
    expect(fetched).toBe(before);
    await clock.advance(15_000);
    await publish('k2');
    expect(await status(await sign({}, { kid: 'k2' }))).toBe(200);
    const after = fetched;
    for (let n = 0; n < 5; n += 1) expect(await status(await sign({}, { kid: 'k9' }))).toBe(401);
    expect(fetched).toBe(after);
  });
});
