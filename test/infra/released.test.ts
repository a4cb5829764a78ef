import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LASTING, lastingOf, lossesOf, released, type Resources } from '../../infra/released.ts';
import { stageFrom } from '../../infra/settings.ts';
import { STAGES } from '../../infra/stages.ts';
import { synthesized } from './synthesized.ts';

const templates = STAGES.map((stage) => ({ name: stage.name, template: synthesized(stage) }));
const now = (name: string): Resources =>
  structuredClone(templates.find((each) => each.name === name)!.template.json.Resources);

describe.each(STAGES)('given the last release of $name', ({ name }) => {
  test('then this template puts no empty resource in the place of one that holds something', () => {
    // Meant all the same? docs/deploy.md, "What must not be replaced", says how.
    expect(lossesOf(released(name), now(name))).toEqual([]);
  });

  test('then the file holds all that was in it', () => {
    expect(Object.keys(released(name)).length).toBeGreaterThan(20);
    expect(lastingOf(released(name))).toEqual(released(name));
  });
});

describe('given a change of the template', () => {
  const before = released('prod');
  const idOf = (resources: Resources, type: string, named = '') =>
    Object.keys(resources).find(
      (id) => resources[id]!.Type === type && JSON.stringify(resources[id]!.Properties).includes(named),
    ) ?? '';
  const lossesWhen = (change: (resources: Resources) => void) => {
    const resources = now('prod');
    change(resources);
    return lossesOf(before, resources);
  };
  const orders = idOf(before, 'AWS::DynamoDB::Table', '"Orders"');
  const properties = (resources: Resources, id: string) =>
    resources[id]!.Properties as Record<string, unknown>;

  test('when a table gets another logical id, then it is refused', () => {
    const { [orders]: table, ...others } = now('prod');
    const losses = lossesOf(before, { ...others, TablesOrders2: table! });
    expect(losses).toEqual([`${orders}, the AWS::DynamoDB::Table "Orders", is gone`]);
  });

  test.each([
    ['TableName', 'Orders2'],
    ['KeySchema', [{ AttributeName: 'orderId', KeyType: 'HASH' }]],
    ['StreamSpecification', { StreamViewType: 'NEW_IMAGE' }],
    ['StreamSpecification', undefined],
  ])('when %s of a table becomes %j, then it is refused', (property, value) => {
    const losses = lossesWhen((resources) => {
      properties(resources, orders)[property] = value;
    });
    expect(losses).toEqual([`${orders}, the AWS::DynamoDB::Table "Orders", has another ${property}`]);
  });

  test('when an index of a table gets another key, then it is refused; when one is added, then not', () => {
    const indexesOf = (resources: Resources) =>
      properties(resources, orders)['GlobalSecondaryIndexes'] as Record<string, unknown>[];
    const rekeyed = lossesWhen((resources) => {
      indexesOf(resources)[0]!['KeySchema'] = [{ AttributeName: 'status', KeyType: 'HASH' }];
    });
    expect(rekeyed).toEqual([
      `${orders}, the AWS::DynamoDB::Table "Orders", has another GlobalSecondaryIndexes`,
    ]);
    expect(lossesWhen((resources) => void indexesOf(resources).unshift({ IndexName: 'GSI4' }))).toEqual([]);
  });

  test.each([
    ['AWS::Lambda::EventSourceMapping', 'StartingPosition', 'LATEST'],
    ['AWS::SQS::Queue', 'QueueName', 'letters'],
    ['AWS::Events::EventBus', 'Name', 'orders2'],
    ['AWS::Events::Archive', 'ArchiveName', 'orders2'],
    ['AWS::Logs::LogGroup', 'LogGroupName', '/orders'],
    ['AWS::S3::Bucket', 'BucketName', 'orders'],
    ['AWS::SecretsManager::Secret', 'Name', 'key'],
  ])('when %s has another %s, then it is refused', (type, property, value) => {
    const losses = lossesWhen((resources) => {
      properties(resources, idOf(resources, type))[property] = value;
    });
    expect(losses).toEqual([expect.stringContaining(`has another ${property}`)]);
  });

  test('when a key is not there any more, then it is refused', () => {
    const { [idOf(before, 'AWS::KMS::Key')]: _, ...others } = now('prod');
    expect(lossesOf(before, others)).toEqual([expect.stringContaining('is gone')]);
  });

  test('when something is added, or anything else changes, then it is not', () => {
    const losses = lossesWhen((resources) => {
      resources['New'] = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'New' } };
      properties(resources, orders)['BillingMode'] = 'PROVISIONED';
      properties(resources, idOf(resources, 'AWS::Logs::LogGroup'))['RetentionInDays'] = 1;
    });
    expect(losses).toEqual([]);
  });
});

describe('given what AWS publishes of its resources', () => {
  interface Published {
    cloudFormationType: string;
    isStateful?: boolean;
    properties: Record<string, { causesReplacement?: 'yes' | 'no' | 'maybe' }>;
  }
  // The CDK CLI has it for `cdk diff`.
  const database = gunzipSync(
    readFileSync(path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'db.json.gz')),
  ).toString();
  const published = (JSON.parse(database) as { schema: { resource: { entities: Published[] } } }).schema
    .resource.entities;
  const used = [...templates.map(({ template }) => template), synthesized(stageFrom({ identity: 'cognito' }))]
    .flatMap(({ resources }) => resources)
    .map(({ type, properties }) => ({ type, names: Object.keys(properties) }));

  test('then every type that keeps data is watched', () => {
    const stateful = published.filter(({ isStateful }) => isStateful).map((each) => each.cloudFormationType);
    const kept = new Set(used.map(({ type }) => type).filter((type) => stateful.includes(type)));
    expect([...kept].filter((type) => !(type in LASTING))).toEqual([]);
    expect(kept.size).toBeGreaterThan(5);
  });

  test.each(Object.entries(LASTING))(
    'then of %s every property that replaces it is watched',
    (type, watched) => {
      const { properties } = published.find(({ cloudFormationType }) => cloudFormationType === type)!;
      const names = new Set(used.filter((each) => each.type === type).flatMap((each) => each.names));
      const replacing = [...names].filter((name) => (properties[name]?.causesReplacement ?? 'no') !== 'no');
      expect(replacing.filter((name) => !watched.includes(name))).toEqual([]);
    },
  );
});
