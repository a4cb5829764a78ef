import { jwtVerify, type JWTPayload } from 'jose';
import type { HttpResponse } from '../http.ts';
import { isRecord } from '../properties.ts';
import type { JwtAuthorizer } from './api.ts';
import type { Identity } from './event.ts';
import type { KeysOf } from './keys.ts';
import { message } from './response.ts';

/** The caller, or the gateway's refusal. */
export async function authorize(
  { issuer, audience }: JwtAuthorizer,
  presented: string | undefined,
  { scopes, keysOf, now }: { scopes: readonly string[]; keysOf: KeysOf; now: number },
): Promise<{ identity: Identity } | { refusal: HttpResponse }> {
  const token = presented?.replace(/^bearer /i, '').trim();
  if (!token) return { refusal: unauthorized('Bearer') };
  let claims: JWTPayload;
  try {
    claims = await verified(token, issuer, keysOf, now);
  } catch (error) {
    return { refusal: unauthorized(challenge('invalid_token', describe(error))) };
  }
  const problem = contentProblem(claims, audience, now);
  if (problem) return { refusal: unauthorized(challenge('invalid_token', problem)) };
  const granted = grantedScopes(claims);
  if (scopes.length > 0 && !scopes.some((scope) => granted.includes(scope))) {
    const description = challenge(
      'insufficient_scope',
      'the token has none of the scopes of the route',
      scopes,
    );
    return { refusal: message(403, 'Forbidden', { 'www-authenticate': description }) };
  }
  return { identity: { claims: claimsAsStrings(claims), scopes: scopes.length > 0 ? granted : null } };
}

async function verified(token: string, issuer: string, keysOf: KeysOf, now: number): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(token, await keysOf(issuer), {
    algorithms: ['RS256'],
    issuer,
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  });
  if (!protectedHeader.kid) throw new Error('the token has no key id');
  return payload;
}

function contentProblem(claims: JWTPayload, audience: readonly string[], now: number): string | undefined {
  if (claims.iat !== undefined && claims.iat > Math.floor(now / 1000))
    return 'the token is issued in the future';
  // client_id counts only where there is no aud.
  const presented = claims.aud ?? claims['client_id'];
  const named = Array.isArray(presented) ? presented : [presented];
  return named.some((name) => audience.includes(String(name)))
    ? undefined
    : 'the token has an invalid audience';
}

function grantedScopes(claims: JWTPayload): string[] {
  const granted = claims['scope'] ?? claims['scp'];
  if (Array.isArray(granted)) return granted.map(String);
  return typeof granted === 'string' ? granted.split(' ').filter(Boolean) : [];
}

/** Functions get every claim as a string: numbers in digits, lists as [a b], objects as map[key:value]. */
function claimsAsStrings(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (!isRecord(value)) return String(value);
  return `map[${Object.entries(value)
    .map(([name, inner]) => `${name}:${claimText(inner)}`)
    .join(' ')}]`;
}

const unauthorized = (authenticate: string) =>
  message(401, 'Unauthorized', { 'www-authenticate': authenticate });

const challenge = (error: string, description: string, scopes: readonly string[] = []) =>
  `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;

function describe(error: unknown): string {
  const code = (error as { code?: string }).code;
  if (code === 'ERR_JWT_EXPIRED') return 'the token has expired';
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    return `the token has an invalid ${(error as { claim?: string }).claim ?? 'claim'}`;
  }
  if (code === 'ERR_JWKS_NO_MATCHING_KEY') return 'unable to find the key with the id in the token';
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'the signature is invalid';
  if (code === 'ERR_JOSE_ALG_NOT_ALLOWED') return 'the signing method is not supported';
  return 'the token is invalid';
}
