import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { openIssuer } from '../../local/issuer.ts';
import { fakeClock } from './support/clock.ts';
import { startEdges, type Running } from './support/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startEdges([]);
});
afterAll(() => running.stop());

describe('the local issuer', () => {
  test('publishes its key where clients look for it', async () => {
    const base = `${running.url}/_issuer`;
    const found = await fetch(`${base}/.well-known/openid-configuration`);
    const { issuer, jwks_uri } = (await found.json()) as { issuer: string; jwks_uri: string };
    expect(issuer).toBe(base);
    const token = await running.issuer.token(
      { sub: 'U1', customer_id: 'C1', scope: 'a b' },
      { expiresIn: 60 },
    );
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
      issuer: base,
      audience: 'orders',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({ sub: 'U1', customer_id: 'C1', scope: 'a b' });
    expect(payload.exp! - payload.iat!).toBe(60);
    expect(Object.keys(running.issuer.jwks.keys[0] ?? {}).sort()).toEqual([
      'alg',
      'e',
      'kid',
      'kty',
      'n',
      'use',
    ]);
  });

  test('gives tokens to whoever asks with JSON', async () => {
    const ask = (body: string) => fetch(`${running.url}/_issuer/token`, { method: 'POST', body });
    const response = await ask('{"sub":"C1","scope":"orders/customer","customerId":"C1","expiresIn":90}');
    const given = (await response.json()) as { access_token: string; token_type: string; expires_in: number };
    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 90 });
    const { payload } = await jwtVerify(given.access_token, createLocalJWKSet(running.issuer.jwks));
    expect(payload).toMatchObject({ sub: 'C1', customer_id: 'C1', scope: 'orders/customer' });
    for (const bad of ['', '{}', '[]', '{"sub":1}', '{"sub":"a","expiresIn":"x"}', 'grant_type=x']) {
      expect((await ask(bad)).status).toBe(400);
    }
    expect((await fetch(`${running.url}/_issuer/authorize`)).status).toBe(404);
  });

  test('keeps its key in the data directory, for its owner’s eyes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'issuer-'));
    const options = { url: 'http://i', audience: 'orders', clock: fakeClock(), directory };
    const token = await (await openIssuer(options)).token({ sub: 'a' });
    const again = await openIssuer(options);
    const currentDate = new Date(options.clock.now());
    await expect(jwtVerify(token, createLocalJWKSet(again.jwks), { currentDate })).resolves.toBeDefined();
    expect((await stat(join(directory, 'issuer-key.json'))).mode & 0o777).toBe(0o600);
    await rm(directory, { recursive: true });
    const other = await openIssuer({ url: 'http://i', audience: 'orders', clock: fakeClock() });
    await expect(jwtVerify(token, createLocalJWKSet(other.jwks), { currentDate })).rejects.toThrow();
  });
});
