import type { HttpResponse } from '../http.ts';
import type { GatewayEvent } from './event.ts';

/** One line of the stage's access log; `-` for a variable that has no value here. */
export function accessLogLine(
  format: string,
  event: GatewayEvent,
  answer: HttpResponse,
  latency: { totalMs: number; integrationMs?: number },
): string {
  const { requestContext } = event;
  const { http, authorizer } = requestContext;
  const values: Record<string, string | number | undefined> = {
    accountId: requestContext.accountId,
    apiId: requestContext.apiId,
    domainName: requestContext.domainName,
    extendedRequestId: requestContext.requestId,
    httpMethod: http.method,
    integrationLatency: latency.integrationMs,
    // A Lambda integration answers 200 whatever the function makes of it.
    integrationStatus: latency.integrationMs === undefined ? undefined : 200,
    'identity.sourceIp': http.sourceIp,
    'identity.userAgent': http.userAgent,
    path: http.path,
    protocol: http.protocol,
    requestId: requestContext.requestId,
    requestTime: requestContext.time,
    requestTimeEpoch: requestContext.timeEpoch,
    responseLatency: latency.totalMs,
    responseLength: Buffer.byteLength(answer.body ?? ''),
    routeKey: requestContext.routeKey,
    stage: requestContext.stage,
    status: answer.status,
  };
  return format.replace(/\$context\.([A-Za-z0-9_.]+[A-Za-z0-9_])/g, (_, name: string) => {
    const claim = /^authorizer\.claims\.(.+)$/.exec(name)?.[1];
    const value = claim ? authorizer?.jwt.claims[claim] : values[name];
    // The client chose some of these: one that closes the quotes of a JSON format would forge a field.
    return value === undefined ? '-' : JSON.stringify(String(value)).slice(1, -1);
  });
}
