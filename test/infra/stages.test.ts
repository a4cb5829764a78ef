import { stageNamed } from '../../infra/stages.ts';
import { type Statement } from './statements.ts';
import { type Resource, synthesized } from './synthesized.ts';

/** What prod may have otherwise than dev, by type: protection, keys, numbers, and who it says that it is. */
const MAY_DIFFER: Record<string, readonly string[]> = {
  'AWS::DynamoDB::Table': ['DeletionProtectionEnabled', 'SSESpecification'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::Logs::LogGroup': ['KmsKeyId', 'RetentionInDays'],
  'AWS::Lambda::Function': ['ReservedConcurrentExecutions', 'TracingConfig'],
  'AWS::ApiGatewayV2::Stage': ['DefaultRouteSettings', 'RouteSettings'],
  'AWS::Events::EventBus': ['KmsKeyIdentifier', 'DeadLetterConfig'],
  'AWS::Events::Archive': ['KmsKeyIdentifier', 'RetentionDays'],
  'AWS::S3::Bucket': ['BucketEncryption', 'LifecycleConfiguration', 'LoggingConfiguration'],
  'AWS::SQS::Queue': ['KmsMasterKeyId', 'SqsManagedSseEnabled'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
};

const dev = synthesized();
const prod = synthesized(stageNamed('prod'));

const alike = ({ type, properties }: Resource) => {
  const may = ['Tags', ...(MAY_DIFFER[type] ?? [])];
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !may.includes(name)));
};
const statementsIn = ({ properties }: Resource): Statement[] =>
  (properties['PolicyDocument'] as { Statement: Statement[] }).Statement;
const inProd = (id: string) => prod.resources.find((resource) => resource.id === id);

// So whatever other tests say of dev is said of prod too.
describe('given the two stages', () => {
  const policies = dev.ofType('AWS::IAM::Policy');
  const others = dev.resources.filter((resource) => !policies.includes(resource));

  test('then prod has all that dev has, under the same logical ids', () => {
    expect(dev.resources.filter(({ id, type }) => inProd(id)?.type !== type)).toEqual([]);
  });

  test.each(others)('then $type $id differs only in what may differ', (resource) => {
    expect(alike(inProd(resource.id)!)).toEqual(alike(resource));
  });

  test.each(policies)(
    'then $id allows in prod what it allows in dev, and beside it keys and traces',
    (policy) => {
      const [before, now] = [statementsIn(policy), statementsIn(inProd(policy.id)!)];
      expect(now).toEqual(expect.arrayContaining(before));
      const added = now.filter(
        (statement) => !before.some((each) => JSON.stringify(each) === JSON.stringify(statement)),
      );
      expect(added.flatMap(({ Action }) => Action).filter((action) => !/^(kms|xray):/.test(action))).toEqual(
        [],
      );
    },
  );

  test('then beside it prod has keys, a place for what they fail to encrypt with an alarm on it, and a log of who read failures', () => {
    const added = prod.resources.filter(({ id }) => !dev.resources.some((resource) => resource.id === id));
    expect(added.map(({ type }) => type).sort()).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::KMS::Key',
      'AWS::KMS::Key',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
  });
});

describe('given any stage', () => {
  test.each([dev, prod])(
    'then each table can be restored to any second, and goes by its keys',
    (template) => {
      const tables = template.ofType('AWS::DynamoDB::Table').map(({ properties }) => properties);
      expect(tables.map(({ PointInTimeRecoverySpecification }) => PointInTimeRecoverySpecification)).toEqual(
        tables.map(() => ({ PointInTimeRecoveryEnabled: true })),
      );
      const keys = tables.map(({ TableName, KeySchema }) => [
        TableName,
        (KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName),
      ]);
      expect(Object.fromEntries(keys)).toEqual({
        Orders: ['customerId', 'orderId'],
        Users: ['userId'],
        IdempotencyKeys: ['idempotencyKey'],
        OrderHistory: ['orderKey', 'versionKey'],
      });
    },
  );

  test.each([dev, prod])('then only prod refuses to be deleted', (template) => {
    const isProd = template === prod;
    const tables = template.ofType('AWS::DynamoDB::Table');
    expect(tables.map(({ properties }) => properties['DeletionProtectionEnabled'])).toEqual(
      tables.map(() => isProd),
    );
  });
});
