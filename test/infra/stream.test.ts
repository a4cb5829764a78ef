import { stageNamed } from '../../infra/stages.ts';
import { nameOf, synthesized } from './synthesized.ts';

const template = synthesized();
const table = (name: string) => template.named(name, 'AWS::DynamoDB::Table');
const [mapping] = template.ofType('AWS::Lambda::EventSourceMapping');
const [bucket] = template.ofType('AWS::S3::Bucket');

describe('given the Orders table', () => {
  test('7.0 #21 the stream replaced: then neither the table nor its stream is another than before', () => {
    // Another value of either replaces the stream: docs/runbooks/replacing-the-stream.md first.
    expect(table('Orders').id).toBe('TablesOrdersACF7C9C0');
    expect(table('Orders').properties['StreamSpecification']).toEqual({
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    });
  });

  test('then orders are found by customer, status, day and order id', () => {
    const key = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    const Projection = { ProjectionType: 'ALL' };
    expect(table('Orders').properties).toMatchObject({
      KeySchema: key('customerId', 'orderId'),
      GlobalSecondaryIndexes: [
        { IndexName: 'GSI1', KeySchema: key('GSI1PK', 'orderId'), Projection },
        { IndexName: 'GSI2', KeySchema: key('GSI2PK', 'createdAt'), Projection },
        { IndexName: 'GSI3', KeySchema: key('GSI3PK', 'customerId'), Projection },
      ],
    });
  });
});

describe('given any table', () => {
  test.each(['Orders', 'IdempotencyKeys', 'OrderHistory'])(
    'then what has expired in %s is removed',
    (name) => {
      expect(table(name).properties['TimeToLiveSpecification']).toEqual({
        AttributeName: 'expiresAt',
        Enabled: true,
      });
    },
  );

  test('then Orders alone has a stream', () => {
    const streamed = template
      .ofType('AWS::DynamoDB::Table')
      .filter(({ properties }) => 'StreamSpecification' in properties);
    expect(streamed.map(nameOf)).toEqual(['Orders']);
  });

  test.each(['Orders', 'Users', 'IdempotencyKeys', 'OrderHistory'])(
    'then %s is billed on demand and can be restored to any second',
    (name) => {
      expect(table(name).properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );

  test('then production refuses to delete one, and keeps it when the stack goes', () => {
    const tables = synthesized(stageNamed('prod')).ofType('AWS::DynamoDB::Table');
    expect(tables).toHaveLength(4);
    for (const { properties, deletionPolicy } of tables) {
      expect(properties['DeletionProtectionEnabled']).toBe(true);
      expect(deletionPolicy).toBe('Retain');
    }
  });
});

describe('given the event source mapping', () => {
  test('7.0 #5 starts at LATEST: then it reads the whole stream of Orders, at once, ten ways in parallel', () => {
    expect(template.text(mapping!.properties['EventSourceArn'])).toBe('Orders.StreamArn');
    expect(template.text(mapping!.properties['FunctionName'])).toBe('orders-stream-reader');
    expect(mapping!.properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 10,
    });
  });

  test('7.0 #6 gives up in silence: then a record is retried, not for ever, and what is given up raises alarms', () => {
    const watched = JSON.stringify(
      template.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties),
    );
    expect(watched).toMatch(/"DroppedEventCount".*"OnFailureDestinationDeliveredEventCount"/);
    expect(mapping!.properties['MetricsConfig']).toEqual({ Metrics: ['EventCount'] });
    expect(mapping!.properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
    });
    // Its age alone gives a record up.
    expect(mapping!.properties).not.toHaveProperty('MaximumRetryAttempts');
  });

  test('7.0 #18 a queue taken for a store: then what is given up is kept whole, in S3', () => {
    expect(mapping!.properties['DestinationConfig']).toEqual({
      OnFailure: { Destination: { 'Fn::GetAtt': [bucket!.id, 'Arn'] } },
    });
  });
});

describe('given the failure bucket', () => {
  test('then it is private, encrypted, versioned, and outlives the stack', () => {
    expect(bucket!.deletionPolicy).toBe('Retain');
    expect(bucket!.properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
    });
  });

  test('then it refuses to be spoken to without TLS', () => {
    const [policy] = template.ofType('AWS::S3::BucketPolicy');
    expect(policy!.properties).toMatchObject({
      Bucket: { Ref: bucket!.id },
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  });

  test('then the function is told which it is', () => {
    expect(
      template.named('orders-stream-reader', 'AWS::Lambda::Function').properties['Environment'],
    ).toMatchObject({
      Variables: { FAILURE_BUCKET: { Ref: bucket!.id } },
    });
  });
});
