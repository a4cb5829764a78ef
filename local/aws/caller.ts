import type { HttpRequest } from '../http.ts';
import type { Caller } from './service.ts';

/** Functions get this as their access key id, so that their calls can be told apart. */
const functionKeyPrefix = 'LOCAL-';

interface Credential {
  accessKeyId: string;
  /** The service in the credential scope. */
  service: string;
}

/** From the Authorization header or a presigned URL. */
export function credentialOf({ headers, query }: HttpRequest): Credential | undefined {
  const signed =
    /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ??
    new URLSearchParams(query).get('X-Amz-Credential') ??
    '';
  // A key id may hold slashes no more than a date, region or service does.
  const [accessKeyId, , , service] = signed.split('/');
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

export function callerOf(request: HttpRequest): Caller {
  const { accessKeyId } = credentialOf(request) ?? {};
  if (accessKeyId === undefined) return { kind: 'anonymous' };
  return accessKeyId.startsWith(functionKeyPrefix)
    ? { kind: 'function', functionName: accessKeyId.slice(functionKeyPrefix.length) }
    : { kind: 'user', accessKeyId };
}
