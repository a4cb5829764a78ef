import { AwsError, type AwsCall, type AwsService } from '../aws/service.ts';
import { isRecord, records, text, type Properties } from '../properties.ts';
import type { Metrics } from './store.ts';

const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;
const throttled = /^(ThrottlingException|ProvisionedThroughputExceededException|RequestLimitExceeded)$/;
// Counted by themselves, and not as the caller's mistake.
const noUserErrors =
  /^(ConditionalCheckFailed|TransactionConflict|TransactionCanceled|TransactionInProgress)/;

/** DynamoDB, counting its answers as AWS/DynamoDB does. */
export function meteredTables(service: AwsService, metrics: Metrics, now: () => number): AwsService {
  const put = (metric: string, dimensions: Record<string, string>, value: number) =>
    metrics.measure('AWS/DynamoDB', metric, dimensions)(value);

  const failed = ({ operation }: AwsCall, tables: readonly string[], error: Failure) => {
    for (const TableName of tables) {
      if (error.status >= 500) put('SystemErrors', { TableName, Operation: operation }, 1);
      if (throttled.test(error.type)) {
        put('ThrottledRequests', { TableName, Operation: operation }, 1);
        for (const index of error.throttledBy(TableName)) {
          const dimensions = { TableName, ...(index && { GlobalSecondaryIndexName: index }) };
          put(writes.test(operation) ? 'WriteThrottleEvents' : 'ReadThrottleEvents', dimensions, 1);
        }
      }
      if (error.type === 'ConditionalCheckFailedException')
        put('ConditionalCheckFailedRequests', { TableName }, 1);
      if (error.type === 'TransactionConflictException') put('TransactionConflict', { TableName }, 1);
    }
    for (const [item, { Code }] of error.reasons.entries()) {
      const TableName = tables[item];
      if (Code === 'TransactionConflict' && TableName) put('TransactionConflict', { TableName }, 1);
    }
    const mistaken = error.status < 500 && !throttled.test(error.type) && !noUserErrors.test(error.type);
    if (mistaken) put('UserErrors', {}, 1);
  };

  return {
    ...service,
    answer: async (call) => {
      const tables = tablesOf(call);
      const began = now();
      try {
        const answer = await service.answer(call);
        if (answer.status === 200) {
          for (const TableName of new Set(tables)) {
            put('SuccessfulRequestLatency', { TableName, Operation: call.operation }, now() - began);
          }
        } else failed(call, tables, failureOf(answer.status, String(answer.body)));
        return answer;
      } catch (error) {
        if (error instanceof AwsError) failed(call, tables, thrown(error));
        throw error;
      }
    },
  };
}

interface Failure {
  status: number;
  type: string;
  /** Of a transaction that was cancelled, by item. */
  reasons: readonly Properties[];
  /** The indexes of the table that had no room, undefined for itself. */
  throttledBy: (table: string) => (string | undefined)[];
}

function failureOf(status: number, body: string): Failure {
  const answer = parsed(body);
  const type = (text(answer, '__type') ?? '').replace(/^.*#/, '');
  return { status, type, reasons: records(answer, 'CancellationReasons'), throttledBy: throttledBy(answer) };
}

const thrown = ({ status, code, details }: AwsError): Failure => ({
  status,
  type: code,
  reasons: records({ ...details }, 'CancellationReasons'),
  throttledBy: throttledBy({ ...details }),
});

const throttledBy = (answer: Properties) => {
  const resources = records(answer, 'throttlingReasons').map((reason) => text(reason, 'resource') ?? '');
  return (table: string) =>
    resources.flatMap((resource) => {
      const [, named, index] = /:table\/([^/]+)(?:\/index\/(.+))?$/.exec(resource) ?? [];
      return named === table ? [index] : [];
    });
};

/** The tables that a call names, one for each item of a transaction. */
function tablesOf({ request }: AwsCall): string[] {
  const input = parsed(request.body.toString());
  const transacted = records(input, 'TransactItems').map(
    (item) => text((Object.values(item)[0] ?? {}) as Properties, 'TableName') ?? '',
  );
  const batched = isRecord(input['RequestItems']) ? Object.keys(input['RequestItems']) : [];
  const single = text(input, 'TableName');
  return [...(single === undefined ? [] : [single]), ...batched, ...transacted]
    .filter((name) => name !== '')
    .map((name) => name.replace(/^.*:table\//, ''));
}

function parsed(body: string): Properties {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
