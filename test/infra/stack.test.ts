import { rmSync } from 'node:fs';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import cdk from '../../cdk.json' with { type: 'json' };
import { STAGES, stageNamed } from '../../infra/stages.ts';
import { findingsIn, nameOf, synthesized } from './synthesized.ts';

describe.each(STAGES)('given the stage $name', (stage) => {
  const template = synthesized(stage, { validated: true });

  test("then CDK's rules and CloudFormation's schemas find no fault", () => {
    expect(template.resources.length).toBeGreaterThan(50);
    expect(template.findings).toEqual([]);
  });

  test('then what people and programs call by name has its name', () => {
    const names = (type: string) => template.ofType(type).map(nameOf).sort();
    expect(names('AWS::DynamoDB::Table')).toEqual(['IdempotencyKeys', 'OrderHistory', 'Orders', 'Users']);
    expect(names('AWS::Lambda::Function')).toEqual([
      'orders-api',
      'orders-crud-handler',
      'orders-docs',
      'orders-history',
      'orders-reconciler',
      'orders-stream-reader',
    ]);
    expect(names('AWS::Events::EventBus')).toEqual(['orders']);
    expect(names('AWS::SQS::Queue')).toEqual([
      'order-notifications',
      'order-notifications-dlq',
      'orders-audit-dlq',
      ...(stage.customerManagedKeys ? ['orders-bus-dlq'] : []),
      'orders-history-dlq',
    ]);
  });

  test('then every resource is one of AWS, and none is a custom one', () => {
    expect(template.resources.filter(({ type }) => !type.startsWith('AWS::'))).toEqual([]);
    expect(template.ofType('AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  test('then every log group forgets in the end, and every log goes to one of them', () => {
    const groups = template.ofType('AWS::Logs::LogGroup');
    expect(groups.map(nameOf).sort()).toEqual([
      '/aws/events/orders-audit',
      '/aws/lambda/orders-api',
      '/aws/lambda/orders-crud-handler',
      '/aws/lambda/orders-docs',
      '/aws/lambda/orders-history',
      '/aws/lambda/orders-reconciler',
      '/aws/lambda/orders-stream-reader',
      '/aws/vendedlogs/orders-api-access',
    ]);
    for (const { properties } of groups) expect(properties['RetentionInDays']).toBeGreaterThan(0);
  });

  test('then it knows no account and no region', () => {
    const text = JSON.stringify(template.json);
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toMatch(/\b(us|eu|ap|sa|ca|af|me)-[a-z]+-\d\b/);
  });

  test('then it says where to go next', () => {
    expect(Object.keys(template.json.Outputs)).toEqual([
      'ApiUrl',
      'EventBusArn',
      'OrdersTableName',
      'DashboardName',
      'DashboardUrl',
      'SampleQueueUrl',
    ]);
  });
});

describe('given a resource that CloudFormation would refuse', () => {
  test.each([
    ['a property that there is not', { QueueNam: 'letters' }, /QueueNam/],
    ['a value of another type', { VisibilityTimeout: 'long' }, /VisibilityTimeout/],
    ['a value out of bounds', { MessageRetentionPeriod: 1 }, /MessageRetentionPeriod/],
  ])('when it has %s, then it is found', (_, properties, found) => {
    process.env['CDK_VALIDATION'] = 'true';
    const app = new App({ context: cdk.context, analyticsReporting: false });
    new CfnResource(new Stack(app, 'Faulty'), 'Queue', { type: 'AWS::SQS::Queue', properties });
    expect(() => app.synth()).toThrow();
    expect(findingsIn(app.outdir).join('\n')).toMatch(found);
    rmSync(app.outdir, { recursive: true });
  });
});

describe('given a stage by name', () => {
  test('when it is unknown, then the error names those there are', () => {
    expect(() => stageNamed('staging')).toThrow('No stage "staging": there are dev and prod');
  });
});
