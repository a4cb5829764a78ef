import { untold, type Access, type Stack } from '../parts.ts';
import { isRecord, nameInArn, record, records, text, type Properties } from '../properties.ts';

type Accesses = (input: Properties, stack: Stack) => Access[];

const tableArn = ({ region, accountId }: Stack, given: string | undefined): string =>
  given?.startsWith('arn:') === true ? given : `arn:aws:dynamodb:${region}:${accountId}:table/${given ?? ''}`;

/** On a table; `key` is what holds the partition key, an item or a key. */
function onTable(action: string, stack: Stack, table: string | undefined, keys: readonly unknown[]): Access {
  const resource = tableArn(stack, table);
  const attribute = partitionOf(stack, nameInArn(resource));
  const values = keys.map((key) => leadingKey(isRecord(key) ? key[attribute] : undefined));
  const told = values.filter((value) => value !== undefined);
  const leading = told.length === values.length ? [...new Set(told)] : untold;
  return { action: `dynamodb:${action}`, resource, context: { 'dynamodb:leadingkeys': leading } };
}

function partitionOf(stack: Stack, name: string): string {
  const types = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
  const table = types.flatMap((type) => stack.ofType(type)).find(({ ref }) => ref === name);
  const key = records(table?.properties ?? {}, 'KeySchema').find(({ KeyType }) => KeyType === 'HASH');
  return text(key ?? {}, 'AttributeName') ?? '';
}

const leadingKey = (value: unknown): string | undefined =>
  isRecord(value) ? (text(value, 'S') ?? text(value, 'N')) : undefined;

const onOne =
  (action: string, holder: 'Item' | 'Key'): Accesses =>
  (input, stack) => [onTable(action, stack, text(input, 'TableName'), [input[holder]])];

/** Of a table or an index of it. What its partitions are is written in an expression, which is not read here. */
const reading =
  (action: string): Accesses =>
  (input, stack) => {
    const table = tableArn(stack, text(input, 'TableName'));
    const index = text(input, 'IndexName');
    const resource = index === undefined ? table : `${table}/index/${index}`;
    return [{ action: `dynamodb:${action}`, resource, context: { 'dynamodb:leadingkeys': untold } }];
  };

/** Each item by the action that it would be alone. */
const transaction =
  (actions: Readonly<Record<string, { action: string; holder: 'Item' | 'Key' }>>): Accesses =>
  (input, stack) =>
    records(input, 'TransactItems').flatMap((item) =>
      Object.entries(item).map(([name, given]) => {
        const { action, holder } = actions[name] ?? { action: name, holder: 'Key' };
        const properties = isRecord(given) ? given : {};
        return onTable(action, stack, text(properties, 'TableName'), [properties[holder]]);
      }),
    );

const onTables =
  (action: string, keysOf: (request: unknown) => unknown[]): Accesses =>
  (input, stack) =>
    Object.entries(record(input, 'RequestItems') ?? {}).map(([table, request]) =>
      onTable(action, stack, table, keysOf(request)),
    );

const onStream =
  (action: string): Accesses =>
  (input) => [{ action: `dynamodb:${action}`, resource: text(input, 'StreamArn') ?? '' }];

/** What each call of DynamoDB and its streams needs, by the call's name. */
export const dynamodbCalls: Readonly<Record<string, Accesses>> = {
  GetItem: onOne('GetItem', 'Key'),
  PutItem: onOne('PutItem', 'Item'),
  UpdateItem: onOne('UpdateItem', 'Key'),
  DeleteItem: onOne('DeleteItem', 'Key'),
  Query: reading('Query'),
  Scan: reading('Scan'),
  TransactGetItems: transaction({ Get: { action: 'GetItem', holder: 'Key' } }),
  TransactWriteItems: transaction({
    Put: { action: 'PutItem', holder: 'Item' },
    Update: { action: 'UpdateItem', holder: 'Key' },
    Delete: { action: 'DeleteItem', holder: 'Key' },
    ConditionCheck: { action: 'ConditionCheckItem', holder: 'Key' },
  }),
  BatchGetItem: onTables('BatchGetItem', (request) => records(isRecord(request) ? request : {}, 'Keys')),
  BatchWriteItem: onTables('BatchWriteItem', (requests) =>
    (Array.isArray(requests) ? requests.filter(isRecord) : []).map(
      (request) => record(request, 'PutRequest')?.['Item'] ?? record(request, 'DeleteRequest')?.['Key'],
    ),
  ),
  DescribeTable: (input, stack) => [
    { action: 'dynamodb:DescribeTable', resource: tableArn(stack, text(input, 'TableName')) },
  ],
};

export const streamCalls: Readonly<Record<string, Accesses>> = {
  DescribeStream: onStream('DescribeStream'),
  GetShardIterator: onStream('GetShardIterator'),
};
