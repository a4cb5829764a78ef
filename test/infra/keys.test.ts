import { stageNamed } from '../../infra/stages.ts';
import { type Statement, statementsOfFunction } from './statements.ts';
import { nameOf, type Resource, synthesized } from './synthesized.ts';

const dev = synthesized();
const prod = synthesized(stageNamed('prod'));
const keys = prod.ofType('AWS::KMS::Key');

interface Table {
  SSESpecification?: { SSEEnabled: boolean; SSEType: string; KMSMasterKeyId: unknown };
}
interface Bucket {
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID?: unknown } }];
  };
}

/** The property by which a resource of the type names its key. */
const KEY_OF: Record<string, (properties: Record<string, unknown>) => unknown> = {
  'AWS::DynamoDB::Table': (table: Table) =>
    table.SSESpecification?.SSEType === 'KMS' && table.SSESpecification.SSEEnabled
      ? table.SSESpecification.KMSMasterKeyId
      : undefined,
  'AWS::Events::EventBus': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::Events::Archive': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::S3::Bucket': (bucket) =>
    (bucket as unknown as Bucket).BucketEncryption.ServerSideEncryptionConfiguration[0]
      .ServerSideEncryptionByDefault.KMSMasterKeyID,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
};

const keyOf = ({ type, properties }: Resource): string => {
  const key = KEY_OF[type]?.(properties) as { 'Fn::GetAtt': [string] } | undefined;
  return /^Keys(Data|Events|Logs)/.exec(key?.['Fn::GetAtt'][0] ?? '')?.[1] ?? 'none';
};

const encrypted = prod.resources.filter(({ type }) => type in KEY_OF);
const statementsOf = (id: string): Statement[] =>
  (keys.find((key) => key.id.startsWith(`Keys${id}`))!.properties['KeyPolicy'] as { Statement: Statement[] })
    .Statement;

describe('given the keys of prod', () => {
  test('then each rotates every year, and is kept when the stack goes', () => {
    expect(keys).toHaveLength(3);
    for (const { properties, deletionPolicy } of keys) {
      expect(properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
      expect(deletionPolicy).toBe('Retain');
    }
  });

  test('then everything that keeps data is under one of them, by what it keeps', () => {
    const under = Object.fromEntries(encrypted.map((resource) => [nameOf(resource), keyOf(resource)]));
    const { 'AWS::S3::Bucket': _, ...named } = under;
    expect(named).toEqual({
      Orders: 'Data',
      Users: 'Data',
      IdempotencyKeys: 'Data',
      OrderHistory: 'Data',
      'orders-cursor-key': 'Data',
      orders: 'Events',
      'order-notifications': 'Events',
      'order-notifications-dlq': 'Events',
      'orders-audit-dlq': 'Events',
      'orders-history-dlq': 'Events',
      'orders-pages': 'Events',
      'orders-tickets': 'Events',
      // It takes what this key fails to encrypt.
      'orders-bus-dlq': 'none',
      ...Object.fromEntries(prod.ofType('AWS::Logs::LogGroup').map((group) => [nameOf(group), 'Logs'])),
    });
    const buckets = encrypted.filter(({ type }) => type === 'AWS::S3::Bucket');
    // The log of who read the bucket is delivered by S3, which takes no key of ours for it.
    expect(buckets.map(keyOf).sort()).toEqual(['Data', 'none']);
  });

  test('then IAM may let people use one only through the services that encrypt with it', () => {
    const ofPeople = keys
      .flatMap(({ id }) => statementsOf(id.slice(4, 8)))
      .filter(({ Principal }) => JSON.stringify(Principal).includes(':root'));
    const crypto = ofPeople.filter(({ Action }) =>
      /Decrypt|Encrypt|GenerateDataKey|CreateGrant/.test(String(Action)),
    );
    const services = crypto.map(({ Condition }) =>
      (Condition?.['StringEquals']?.['kms:ViaService'] as unknown[]).map(prod.text),
    );
    const via = (service: string) => `${service}.AWS::Region.AWS::URLSuffix`;
    expect(services).toEqual([
      ['dynamodb', 's3', 'secretsmanager'].map(via),
      ['dynamodb'].map(via),
      ['sqs', 'sns'].map(via),
    ]);
    const others = ofPeople.filter((statement) => !crypto.includes(statement));
    expect(others).toHaveLength(keys.length);
    for (const { Action } of others) expect(String(Action)).not.toContain('*');
  });

  test('then a service may use one only for this account, this bus, these log groups', () => {
    const ofServices = (id: string) =>
      statementsOf(id)
        .filter(({ Principal }) => 'Service' in (Principal as object))
        .map(({ Principal, Action, Condition }) => [
          prod.text((Principal as { Service: unknown }).Service),
          [Action].flat().map((action) => action.replace('kms:', '')),
          Object.values(Condition ?? {}).flatMap((test) =>
            Object.entries(test).flatMap(([key, value]) =>
              [value].flat().map((each) => `${key} ${prod.text(each)}`),
            ),
          ),
        ]);
    const here = (service: string, rest: string) =>
      `arn:AWS::Partition:${service}:AWS::Region:AWS::AccountId:${rest}`;
    expect(ofServices('Data')).toEqual([]);
    expect(ofServices('Events')).toEqual([
      ['events.amazonaws.com', ['Decrypt', 'GenerateDataKey'], ['aws:SourceAccount AWS::AccountId']],
      [
        'events.amazonaws.com',
        ['Decrypt', 'GenerateDataKey', 'ReEncrypt*'],
        [`kms:EncryptionContext:aws:events:event-bus:arn ${here('events', 'event-bus/orders')}`],
      ],
      ['events.amazonaws.com', ['DescribeKey'], []],
      [
        'cloudwatch.amazonaws.com',
        ['Decrypt', 'GenerateDataKey*'],
        ['aws:SourceAccount AWS::AccountId', `aws:SourceArn ${here('cloudwatch', 'alarm:*')}`],
      ],
    ]);
    expect(ofServices('Logs')).toEqual([
      [
        'logs.AWS::Region.AWS::URLSuffix',
        ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'],
        ['lambda', 'events', 'vendedlogs'].map(
          (kind) => `kms:EncryptionContext:aws:logs:arn ${here('logs', `log-group:/aws/${kind}/orders-*`)}`,
        ),
      ],
    ]);
  });

  test('then the key of logs opens every log group of the stack', () => {
    const names = prod.ofType('AWS::Logs::LogGroup').map(nameOf);
    expect(names.filter((name) => !/^\/aws\/(lambda|events|vendedlogs)\/orders-/.test(name))).toEqual([]);
  });
});

describe('given the functions', () => {
  const used = (template: typeof prod, name: string) =>
    statementsOfFunction(template, name)
      .filter(({ Action }) => String(Action).includes('kms:'))
      .flatMap(({ Action, Resource, Condition }) => {
        const [id] = (Resource as { 'Fn::GetAtt': [string] })['Fn::GetAtt'];
        const [via] = Condition?.['StringEquals']?.['kms:ViaService'] as [unknown];
        const [service] = template.text(via).split('.');
        return [Action].flat().map((action) => `${action} on ${id.slice(4, -8)} through ${service}`);
      });

  test.each([
    ['orders-api', ['kms:Decrypt on Data through dynamodb', 'kms:Decrypt on Data through secretsmanager']],
    [
      'orders-crud-handler',
      ['kms:Decrypt on Data through dynamodb', 'kms:Decrypt on Data through secretsmanager'],
    ],
    [
      'orders-stream-reader',
      ['kms:Decrypt on Data through dynamodb', 'kms:GenerateDataKey on Data through s3'],
    ],
    [
      'orders-history',
      [
        'kms:Decrypt on Data through dynamodb',
        'kms:Decrypt on Events through sqs',
        'kms:GenerateDataKey on Events through sqs',
      ],
    ],
    ['orders-reconciler', ['kms:Decrypt on Data through dynamodb']],
  ])('then in prod %s may use the keys of what it may use anyway, in dev none', (name, expected) => {
    expect(used(prod, name).sort()).toEqual(expected);
    expect(used(dev, name)).toEqual([]);
  });
});
