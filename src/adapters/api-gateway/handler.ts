import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import {
  Contended,
  OrderTooLarge,
  TemporarilyUnavailable,
  UnreadableOrder,
} from '../../application/ports.ts';
import { isId } from '../../domain/order.ts';
import { inTime } from '../deadline.ts';
import { correlate } from '../observability/logger.ts';
import { DOCS_ROUTES } from './docs-routes.ts';
import { principalOf } from './principal.ts';
import { type Problem, problemResponse, Refused } from './problem.ts';
import { type ApiEvent, correlationOf, traceparentOf } from './request.ts';
import { type RouteDependencies, routes } from './routes.ts';
import { unrouted } from './unrouted.ts';

export type ApiHandler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const RETRY_AFTER_SECONDS = 1;

/** What a token gets is for its owner: no cache hands it on, and no browser takes it for another type. */
const GUARDS = { 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' };

const problemFor = (error: unknown, logger: Logger): Problem => {
  if (error instanceof Refused) return error.problem;
  logger.error('request failed', error as Error);
  if (error instanceof UnreadableOrder) {
    return { code: 'order-unreadable', detail: error.message };
  }
  if (error instanceof OrderTooLarge) return { code: 'order-too-large', detail: error.message };
  const headers = { 'retry-after': String(RETRY_AFTER_SECONDS) };
  if (error instanceof Contended) {
    const detail = 'Send the request again: it answers as the first one did.';
    return { code: 'transaction-conflict', detail, headers };
  }
  if (error instanceof TemporarilyUnavailable) return { code: 'unavailable', headers };
  return { code: 'internal-error' };
};

/** An order id of the caller's may stand in a log if it is one: it finds what else happened to the order. */
const loggedId = (orderId = ''): string | undefined => (isId(orderId) ? orderId : undefined);

/** API Gateway has matched the route; whatever comes of it is answered as JSON or problem+json. */
export const apiHandler = (dependencies: RouteDependencies & { logger: Logger }): ApiHandler => {
  const { logger } = dependencies;
  const table: Partial<ReturnType<typeof routes>> = routes(dependencies);
  const routeKeys = [...Object.keys(table), ...DOCS_ROUTES];

  return async (event, context) => {
    const correlationId = correlationOf(event);
    const traceparent = traceparentOf(event);
    const principal = principalOf(event);
    logger.addContext(context);
    correlate(logger, { correlationId, traceparent });
    const by = {
      actor: principal.actor,
      correlationId,
      causationId: event.requestContext.requestId,
      ...(traceparent !== undefined && { traceparent }),
    };
    let response: APIGatewayProxyStructuredResultV2;
    let code: string | undefined;
    try {
      const route = table[event.routeKey];
      response = route
        ? await inTime(context, () => route({ event, principal, by }))
        : unrouted(routeKeys, event);
    } catch (error) {
      const problem = problemFor(error, logger);
      code = problem.code;
      response = problemResponse(problem, correlationId);
    }
    const { routeKey, pathParameters } = event;
    const orderId = loggedId(pathParameters?.['orderId']);
    logger.info('request', { routeKey, statusCode: response.statusCode, code, orderId });
    return { ...response, headers: { ...GUARDS, ...response.headers, 'x-correlation-id': correlationId } };
  };
};
