import { ORDER_EVENT_TYPES } from '../../src/domain/order.ts';
import { allStatements, lines, statementsOfFunction } from './statements.ts';
import { nameOf, synthesized } from './synthesized.ts';

const template = synthesized();

const permissionsOf = (functionName: string) =>
  lines(template, statementsOfFunction(template, functionName)).sort();

const ordersPermissions = (functionName: string) => [
  'dynamodb:GetItem on Orders.Arn',
  'dynamodb:PutItem on Orders.Arn',
  'dynamodb:Query on Orders.Arn',
  'dynamodb:Query on Orders.Arn/index/GSI1',
  `logs:CreateLogStream on /aws/lambda/${functionName}.Arn`,
  `logs:PutLogEvents on /aws/lambda/${functionName}.Arn`,
  'secretsmanager:GetSecretValue on orders-cursor-key',
];

describe('given the roles of the functions', () => {
  test('then orders-api may read and put orders, read the key of cursors and keep the users, and nothing else', () => {
    const expected = [
      ...ordersPermissions('orders-api'),
      'dynamodb:Query on Orders.Arn/index/GSI2',
      'dynamodb:Query on Orders.Arn/index/GSI3',
      'dynamodb:DeleteItem on Users.Arn',
      'dynamodb:GetItem on Users.Arn',
      'dynamodb:PutItem on Users.Arn',
      'dynamodb:Query on OrderHistory.Arn',
      'dynamodb:Query on Users.Arn/index/GSI1',
      'dynamodb:PutItem on IdempotencyKeys.Arn',
    ];
    expect(permissionsOf('orders-api')).toEqual(expected.sort());
  });

  test('then orders-crud-handler may do the same with orders but list them by day or id, and knows no users', () => {
    expect(permissionsOf('orders-crud-handler')).toEqual(ordersPermissions('orders-crud-handler'));
  });

  test('then orders-docs may write its log, and nothing else', () => {
    expect(permissionsOf('orders-docs')).toEqual([
      'logs:CreateLogStream on /aws/lambda/orders-docs.Arn',
      'logs:PutLogEvents on /aws/lambda/orders-docs.Arn',
    ]);
  });

  test('then orders-stream-reader may read the stream, publish to the one bus and write failures', () => {
    expect(permissionsOf('orders-stream-reader')).toEqual([
      'dynamodb:DescribeStream on Orders.StreamArn',
      'dynamodb:GetRecords on Orders.StreamArn',
      'dynamodb:GetShardIterator on Orders.StreamArn',
      'dynamodb:ListStreams on Orders.Arn/stream/*',
      'events:PutEvents on orders.Arn',
      'logs:CreateLogStream on /aws/lambda/orders-stream-reader.Arn',
      'logs:PutLogEvents on /aws/lambda/orders-stream-reader.Arn',
      's3:ListBucket on AWS::S3::Bucket.Arn',
      's3:PutObject on AWS::S3::Bucket.Arn/aws/lambda/*',
      's3:PutObject on AWS::S3::Bucket.Arn/parked/*',
    ]);
  });

  test('then orders-history may put lines into its table and give up into its queue, and nothing else', () => {
    expect(permissionsOf('orders-history')).toEqual([
      'dynamodb:PutItem on OrderHistory.Arn',
      'logs:CreateLogStream on /aws/lambda/orders-history.Arn',
      'logs:PutLogEvents on /aws/lambda/orders-history.Arn',
      'sqs:SendMessage on orders-history-dlq.Arn',
    ]);
  });

  test('then orders-reconciler may query the day index and the history, read orders, publish, and keep its place', () => {
    expect(permissionsOf('orders-reconciler')).toEqual([
      'dynamodb:GetItem on OrderHistory.Arn',
      'dynamodb:GetItem on Orders.Arn',
      'dynamodb:PutItem on OrderHistory.Arn',
      'dynamodb:Query on OrderHistory.Arn',
      'dynamodb:Query on Orders.Arn/index/GSI2',
      'events:PutEvents on orders.Arn',
      'logs:CreateLogStream on /aws/lambda/orders-reconciler.Arn',
      'logs:PutLogEvents on /aws/lambda/orders-reconciler.Arn',
    ]);
  });

  test('then it writes nothing of the history but its own place', () => {
    const writing = statementsOfFunction(template, 'orders-reconciler').filter(({ Action }) =>
      String(Action).includes('PutItem'),
    );
    expect(writing.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['#reconciler'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
  });

  const published = (functionName: string) =>
    statementsOfFunction(template, functionName)
      .filter(({ Action }) => Action === 'events:PutEvents')
      .map(({ Condition }) => Condition);

  test('then the stream reader publishes as orders.service only, and the events of the domain only', () => {
    expect(published('orders-stream-reader')).toEqual([
      { StringEquals: { 'events:source': 'orders.service', 'events:detail-type': [...ORDER_EVENT_TYPES] } },
    ]);
  });

  test('then the reconciler publishes the same, but for events of orders that are gone', () => {
    const types = ORDER_EVENT_TYPES.filter((type) => type !== 'OrderDeleted' && type !== 'OrderExpired');
    expect(published('orders-reconciler')).toEqual([
      { StringEquals: { 'events:source': 'orders.service', 'events:detail-type': types } },
    ]);
  });

  test('1.5 bucket squatting: then what touches S3 is bound to buckets of the account', () => {
    const onBuckets = statementsOfFunction(template, 'orders-stream-reader').filter(({ Action }) =>
      String(Action).includes('s3:'),
    );
    expect(onBuckets).toHaveLength(2);
    for (const { Condition } of onBuckets) {
      expect(Condition).toEqual({ StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } });
    }
  });
});

describe('given the functions that a change of an order sets off', () => {
  const invoked = ['AWS::Events::Rule', 'AWS::Lambda::EventSourceMapping']
    .flatMap((type) => template.ofType(type))
    .map(({ properties }) => JSON.stringify(properties))
    .flatMap((text) => template.ofType('AWS::Lambda::Function').filter(({ id }) => text.includes(`"${id}"`)))
    .map(nameOf);

  test('7.0 #16 its own writes published: then none may write orders, so that no change causes another', () => {
    expect(invoked).toEqual(expect.arrayContaining(['orders-stream-reader', 'orders-history']));
    const writes = invoked
      .flatMap(permissionsOf)
      .filter((line) => /(Put|Update|Write)\w* on Orders\./.test(line));
    expect(writes).toEqual([]);
  });
});

describe('given every statement of the template', () => {
  const allowed = lines(
    template,
    allStatements(template).filter(({ Effect, Resource }) => Effect === 'Allow' && Resource !== undefined),
  );

  test('then none allows an action by wildcard, nor any resource there is', () => {
    expect(allowed.filter((line) => /^[^ ]*\*/.test(line) || line.endsWith('on *'))).toEqual([]);
  });

  test('then none allows to scan, nor to delete anything but a user', () => {
    expect(allowed.length).toBeGreaterThan(20);
    expect(allowed.filter((line) => /Scan|Delete|BatchWrite/.test(line))).toEqual([
      'dynamodb:DeleteItem on Users.Arn',
    ]);
  });

  test('then no resource trusts everybody', () => {
    const trusting = allStatements(template).filter(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal ?? '').includes('"*"'),
    );
    expect(trusting).toEqual([]);
  });
});
