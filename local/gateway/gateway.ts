import type { HttpHandler, HttpRequest, HttpResponse, Mounted } from '../http.ts';
import type { Issuer } from '../issuer.ts';
import type { ApiMeter } from '../metrics/api.ts';
import type { Clock, Functions, LogGroups, Permissions, Stack } from '../parts.ts';
import { accessLogLine } from './access-log.ts';
import { readApi, type HttpApi, type Route } from './api.ts';
import { authorize } from './authorizer.ts';
import { answerPreflight, isPreflight, withCors } from './cors.ts';
import { gatewayEvent, joinedHeaders, type GatewayEvent, type Identity } from './event.ts';
import { createKeys } from './keys.ts';
import { inferResponse, internalServerError, message } from './response.ts';
import { isDecodable, matchRoute } from './routes.ts';
import { createThrottle } from './throttle.ts';

const maxHeaderBytes = 10_240;
const maxBodyBytes = 10 * 1024 * 1024;
// A function's event is at most 6 MB of JSON.
const maxEventBytes = 6 * 1024 * 1024;
const tooLarge = message(413, 'Request Entity Too Large');

/** The template's HTTP API; every path answers 404 when it has none. */
export function createGateway(parts: {
  stack: Stack;
  functions: Functions;
  issuer: Issuer;
  clock: Clock;
  logs: LogGroups;
  permissions: Permissions;
  meter?: ApiMeter;
}): Mounted {
  const { stack, functions, issuer, clock, logs, permissions, meter } = parts;
  const api = readApi(stack);
  const keysOf = createKeys(issuer, clock);
  const throttles = new Map(
    api?.routes.flatMap((route) =>
      route.throttling ? [[route, createThrottle(route.throttling, clock)]] : [],
    ),
  );

  const handler: HttpHandler = async (request) => {
    if (headerBytes(request) > maxHeaderBytes) return message(431, 'Request Header Fields Too Large');
    if (!request.path.startsWith('/') || !isDecodable(request.path)) return message(400, 'Bad Request');
    if (!api) return message(404, 'Not Found');
    if (api.cors && isPreflight(request)) return answerPreflight(api.cors, request);
    const answer = await serve(api, request);
    return api.cors ? withCors(api.cors, request, answer) : answer;
  };

  async function serve(api: HttpApi, request: HttpRequest): Promise<HttpResponse> {
    const matched = matchRoute(api.routes, request.method, request.path);
    if (!matched) return message(404, 'Not Found');
    const { route, pathParameters } = matched;
    const now = clock.now();
    const describe = (identity?: Identity) =>
      gatewayEvent(request, { api, accountId: stack.accountId, route, pathParameters, identity, now });
    const finish = (event: GatewayEvent, answer: HttpResponse, invokedAt?: number): HttpResponse => {
      const latency = {
        totalMs: clock.now() - now,
        ...(invokedAt !== undefined && { integrationMs: clock.now() - invokedAt }),
      };
      meter?.({
        apiId: api.id,
        stage: api.stage,
        status: answer.status,
        latencyMs: latency.totalMs,
        ...(latency.integrationMs !== undefined && { integrationMs: latency.integrationMs }),
      });
      if (api.accessLog) {
        logs.write(api.accessLog.group, api.id, accessLogLine(api.accessLog.format, event, answer, latency));
      }
      return { ...answer, headers: { ...answer.headers, 'apigw-requestid': event.requestContext.requestId } };
    };

    if (throttles.get(route)?.() === false) return finish(describe(), message(429, 'Too Many Requests'));
    let identity: Identity | undefined;
    if (route.authorizer) {
      const presented = joinedHeaders(request.rawHeaders)[route.authorizer.header];
      const outcome = await authorize(route.authorizer, presented, { scopes: route.scopes, keysOf, now });
      if ('refusal' in outcome) return finish(describe(), outcome.refusal);
      identity = outcome.identity;
    }
    const event = describe(identity);
    if ((event.body?.length ?? 0) > maxEventBytes) return finish(event, tooLarge);
    const invokedAt = clock.now();
    return finish(event, await answerOf(route, event), invokedAt);
  }

  async function answerOf(
    { functionArn, timeoutMs, arn }: Route,
    event: GatewayEvent,
  ): Promise<HttpResponse> {
    const denied = permissions.denial(
      { service: 'apigateway.amazonaws.com', sourceArn: arn },
      { action: 'lambda:InvokeFunction', resource: functionArn },
    );
    if (denied !== undefined) {
      process.stderr.write(`${event.routeKey}: ${denied}\n`);
      return internalServerError();
    }
    const done = new AbortController();
    const late = clock.sleep(timeoutMs, done.signal).then(() => 'late' as const);
    try {
      const result = await Promise.race([functions.invoke(functionArn, event), late]);
      if (result === 'late' || result.outcome === 'unreached') return message(503, 'Service Unavailable');
      return result.outcome === 'failed' ? internalServerError() : inferResponse(result.payload);
    } catch (error) {
      process.stderr.write(`${event.routeKey}: ${String(error)}\n`);
      return internalServerError();
    } finally {
      done.abort('answered');
    }
  }

  return { handler, maxBodyBytes, tooLarge };
}

/** The request line and the headers, as sent. */
function headerBytes({ method, path, query, rawHeaders }: HttpRequest): number {
  const line =
    Buffer.byteLength(method) + Buffer.byteLength(path) + Buffer.byteLength(query) + ' ? HTTP/1.1\r\n'.length;
  return rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, line);
}
