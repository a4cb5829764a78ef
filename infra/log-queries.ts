import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OrdersFunction } from './orders-function.ts';

/** In CloudWatch's own language; what stands in capitals is to be replaced by whoever asks. */
const QUERIES: Record<string, string[]> = {
  'One order': [
    'fields @timestamp, function_name, message, routeKey, statusCode, operation, eventType, outcome, correlation_id',
    'filter orderId = "ORDER_ID"',
    'sort @timestamp asc',
  ],
  'One request, from its answer to subscribers': [
    'fields @timestamp, function_name, message, routeKey, statusCode, code, operation, eventType, outcome, orderId',
    'filter correlation_id = "CORRELATION_ID"',
    'sort @timestamp asc',
  ],
  'Errors by code': [
    'filter ispresent(code)',
    'stats count(*) as requests by code, statusCode, routeKey',
    'sort requests desc',
  ],
  'Cold starts': [
    'filter @type = "REPORT" and ispresent(@initDuration)',
    'stats count(*) as starts, pct(@initDuration, 50) as half, pct(@initDuration, 99) as slowest by @log',
  ],
  'Slowest invocations': [
    'filter @type = "REPORT"',
    'fields @timestamp, @log, @requestId, @duration, @initDuration, @maxMemoryUsed / 1000000 as megabytes',
    'sort @duration desc',
    'limit 50',
  ],
  'Changes that became no event': [
    'fields @timestamp, orderId, customer, operation, sequenceNumber, outcome, reason, correlation_id',
    'filter message = "order change" and (outcome = "parked" or outcome = "failed")',
    'sort @timestamp desc',
  ],
};

/** Questions that come up at night, kept beside the logs. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, functions: readonly OrdersFunction[]) {
    super(scope, id);
    const logGroupNames = functions.map(({ logGroup }) => logGroup.logGroupName);
    for (const [name, lines] of Object.entries(QUERIES)) {
      new CfnQueryDefinition(this, name.replace(/\W/g, ''), {
        name: `Orders/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames,
      });
    }
  }
}
