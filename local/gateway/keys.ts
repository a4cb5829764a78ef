import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../parts.ts';

export type KeysOf = (issuer: string) => Promise<JWTVerifyGetKey>;

const twoHours = 2 * 60 * 60 * 1000;
const timeoutMs = 1_500;
const refetchAfterMs = 10_000;

/** Keys of issuers, kept as long as API Gateway keeps them; the local issuer's never leave the process. */
export function createKeys(local: { url: string; jwks: JSONWebKeySet }, clock: Clock): KeysOf {
  const own = createLocalJWKSet(local.jwks);
  const fetched = new Map<string, { at: number; keys: Promise<JWTVerifyGetKey> }>();

  const fresh = (issuer: string, maxAgeMs: number): Promise<JWTVerifyGetKey> => {
    const known = fetched.get(issuer);
    if (known && clock.now() - known.at < maxAgeMs) return known.keys;
    const keys = fetchKeys(issuer);
    fetched.set(issuer, { at: clock.now(), keys });
    keys.catch(() => fetched.delete(issuer));
    return keys;
  };

  return async (issuer) => {
    if (issuer === local.url) return own;
    const keys = await fresh(issuer, twoHours);
    return async (header, token) => {
      try {
        return await keys(header, token);
      } catch {
        // An unknown key id may be a new key: asked for again, but not for every forged token.
        return (await fresh(issuer, refetchAfterMs))(header, token);
      }
    };
  };
}

async function fetchKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const base = issuer.replace(/\/$/, '');
  const { jwks_uri } = (await fetchJson(`${base}/.well-known/openid-configuration`)) as { jwks_uri: string };
  return createLocalJWKSet((await fetchJson(jwks_uri)) as JSONWebKeySet);
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
