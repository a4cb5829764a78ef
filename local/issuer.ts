import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { json, type HttpHandler, type HttpRequest } from './http.ts';
import type { Clock } from './parts.ts';
import { Unready } from './unready.ts';

interface TokenClaims {
  sub: string;
  /** Space-separated. */
  scope?: string;
  customer_id?: string;
  [claim: string]: unknown;
}

export interface Issuer {
  /** What the template's parameter JwtIssuer is set to. */
  url: string;
  /** What the template's parameter JwtAudience is set to. */
  audience: string;
  jwks: { keys: JWK[] };
  /** `expiresIn` is in seconds; negative for a token that has expired. */
  token: (claims: TokenClaims, options?: { expiresIn?: number }) => Promise<string>;
  handler: HttpHandler;
}

const halfADay = 12 * 60 * 60;

/** With a directory the key is kept there, so that tokens survive a restart. */
export async function openIssuer(options: {
  url: string;
  audience: string;
  clock: Clock;
  directory?: string;
}): Promise<Issuer> {
  const { url, audience, clock } = options;
  const privateJwk = options.directory ? await keptKey(options.directory) : await newKey();
  const key = await importJWK(privateJwk, 'RS256');
  const kid = await calculateJwkThumbprint(privateJwk);
  const { kty, n, e } = privateJwk;
  const jwks = { keys: [{ kty, n, e, kid, use: 'sig', alg: 'RS256' } as JWK] };

  const token: Issuer['token'] = (claims, { expiresIn = halfADay } = {}) => {
    const now = Math.floor(clock.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(url)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + expiresIn)
      .sign(key);
  };
  const handler: HttpHandler = async (request) => {
    switch (`${request.method} ${request.path}`) {
      case 'GET /.well-known/jwks.json':
        return json(200, jwks);
      case 'GET /.well-known/openid-configuration':
        return json(200, {
          issuer: url,
          jwks_uri: `${url}/.well-known/jwks.json`,
          token_endpoint: `${url}/token`,
        });
      case 'POST /token':
        return answerToken(request, token);
      default:
        return json(404, { message: 'Not Found' });
    }
  };
  return { url, audience, jwks, token, handler };
}

async function answerToken({ body }: HttpRequest, token: Issuer['token']) {
  const asked = parse(body);
  if (!asked || typeof asked['sub'] !== 'string') {
    return json(400, {
      error: 'invalid_request',
      error_description:
        'Send JSON: {"sub": "...", "scope"?: "...", "customerId"?: "...", "expiresIn"?: seconds}',
    });
  }
  const { sub, customerId, expiresIn = halfADay, ...claims } = asked;
  if (typeof expiresIn !== 'number' || !Number.isSafeInteger(expiresIn)) {
    return json(400, {
      error: 'invalid_request',
      error_description: 'expiresIn is a whole number of seconds',
    });
  }
  const access_token = await token(
    { sub, ...claims, ...(customerId === undefined ? {} : { customer_id: customerId as string }) },
    { expiresIn },
  );
  return json(
    200,
    { access_token, token_type: 'Bearer', expires_in: expiresIn },
    { 'cache-control': 'no-store' },
  );
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function keptKey(directory: string): Promise<JWK> {
  const file = join(directory, 'issuer-key.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Unready(`${file} is damaged: delete it, and ask for new tokens after the start.`);
    }
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = await newKey();
  // Whole or not at all, whenever this process is killed.
  const next = `${file}.${process.pid}`;
  await writeFile(next, JSON.stringify(key), { mode: 0o600 });
  await rename(next, file);
  return key;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
}
