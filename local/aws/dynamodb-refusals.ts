import type { Stack } from '../parts.ts';
import { records, text, type Properties } from '../properties.ts';
import { AwsError, type AwsCall } from './service.ts';

const writing = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/**
 * As DynamoDB refuses a call: for the table, or for one of the indexes that the write would go to, whose key range has no
 * room. `chance`, from 0 up to 1, says which.
 */
export function tableThrottling({ operation, request }: AwsCall, stack: Stack, chance: number): AwsError {
  const input = JSON.parse(request.body.toString()) as Properties;
  const [item] = records(input, 'TransactItems').flatMap((each) => Object.values(each) as Properties[]);
  const table = text(input, 'TableName') ?? text(item ?? {}, 'TableName') ?? '';
  const { arn = table, properties = {} } =
    stack.ofType('AWS::DynamoDB::Table').find(({ ref }) => ref === table) ?? {};
  const indexes = records(properties, 'GlobalSecondaryIndexes').map(
    (index) => text(index, 'IndexName') ?? '',
  );
  const writes = writing.test(operation);
  const read = text(input, 'IndexName');
  const candidates = [undefined, ...(writes ? indexes : [])];
  const index = writes ? candidates[Math.floor(chance * candidates.length)] : read;
  const reason = `${index === undefined ? 'Table' : 'Index'}${writes ? 'Write' : 'Read'}KeyRangeThroughputExceeded`;
  const resource = index === undefined ? arn : `${arn}/index/${index}`;
  return new AwsError(
    'ThrottlingException',
    'Throughput exceeds the current throughput limit.',
    400,
    undefined,
    {
      throttlingReasons: [{ reason, resource }],
    },
  );
}

/** As DynamoDB cancels a transaction whose first item another one holds. */
export function inConflict({ request }: AwsCall): AwsError {
  const items = records(JSON.parse(request.body.toString()) as Properties, 'TransactItems');
  const reasons = items.map((_, place) =>
    place === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    undefined,
    { CancellationReasons: reasons },
  );
}
