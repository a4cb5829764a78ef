import type { Statement } from './statements.ts';
import { synthesized } from './synthesized.ts';

interface Target {
  Arn: unknown;
  DeadLetterConfig?: { Arn: { 'Fn::GetAtt': [string, string] } };
  RetryPolicy?: { MaximumRetryAttempts: number; MaximumEventAgeInSeconds: number };
}

const template = synthesized();
const rule = (name: string) => {
  const { id, properties } = template.named(name, 'AWS::Events::Rule');
  return { id, properties, targets: properties['Targets'] as Target[] };
};
const queue = (name: string) => template.named(name, 'AWS::SQS::Queue');
const statementsOn = (queueId: string): Statement[] =>
  template
    .ofType('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => JSON.stringify(properties['Queues']) === JSON.stringify([{ Ref: queueId }]))
    .flatMap(({ properties }) => (properties['PolicyDocument'] as { Statement: Statement[] }).Statement);

const RULES = ['orders-audit', 'orders-history', 'order-notifications'];

describe('given the rules of the bus', () => {
  test('then there are these, on the bus of our own', () => {
    const rules = template
      .ofType('AWS::Events::Rule')
      .filter(({ properties }) => properties['ScheduleExpression'] === undefined);
    expect(rules.map(({ properties }) => properties['Name'])).toEqual(expect.arrayContaining(RULES));
    expect(rules).toHaveLength(RULES.length);
    for (const { properties } of rules) expect(template.text(properties['EventBusName'])).toBe('orders');
  });

  test.each(RULES)('then each target of %s is retried for a day and has a dead-letter queue', (name) => {
    const { targets } = rule(name);
    expect(targets).toHaveLength(1);
    for (const { DeadLetterConfig, RetryPolicy } of targets) {
      expect(template.text(DeadLetterConfig?.Arn)).toBe(`${name}-dlq.Arn`);
      expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 });
    }
  });

  test.each(RULES)(
    '7.0 #23 a dead-letter queue that refuses: then that of %s is standard and lets this rule, and nobody else, send',
    (name) => {
      expect(queue(`${name}-dlq`).properties).not.toHaveProperty('FifoQueue');
      const allowed = statementsOn(queue(`${name}-dlq`).id).filter(({ Effect }) => Effect === 'Allow');
      expect(allowed).toMatchObject([
        {
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule(name).id, 'Arn'] } } },
        },
      ]);
    },
  );
});

describe('given the history', () => {
  test('then what Lambda gives up goes to the same queue as what it could not be given', () => {
    const config = template
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(({ properties }) => template.text(properties['FunctionName']) === 'orders-history');
    const { OnFailure } = config?.properties['DestinationConfig'] as { OnFailure: { Destination: unknown } };
    expect(template.text(OnFailure.Destination)).toBe('orders-history-dlq.Arn');
    expect(config?.properties).toMatchObject({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 });
  });
});

describe('given the audit log', () => {
  const [policy] = template.ofType('AWS::Logs::ResourcePolicy');

  test('then it takes every event of ours', () => {
    expect(rule('orders-audit').properties['EventPattern']).toEqual({ source: ['orders.service'] });
    expect(template.text(rule('orders-audit').targets[0]!.Arn)).toMatch(
      /:log-group:\/aws\/events\/orders-audit$/,
    );
  });

  test('then its log group lets EventBridge write, for this rule only', () => {
    const document = template.text(policy!.properties['PolicyDocument']);
    const { Statement: statements } = JSON.parse(document) as { Statement: Statement[] };
    const Principal = { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] };
    const Resource = '/aws/events/orders-audit.Arn';
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'logs:CreateLogStream', Principal, Resource },
      {
        Effect: 'Allow',
        Action: 'logs:PutLogEvents',
        Principal,
        Resource,
        Condition: { ArnEquals: { 'aws:SourceArn': 'orders-audit.Arn' } },
      },
    ]);
  });
});

describe('given the sample team', () => {
  test('then its queue receives every event of orders', () => {
    const { properties, targets } = rule('order-notifications');
    expect(properties['EventPattern']).toEqual({ source: ['orders.service'] });
    expect(template.text(targets[0]!.Arn)).toBe('order-notifications.Arn');
    const allowed = statementsOn(queue('order-notifications').id).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: {
          ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule('order-notifications').id, 'Arn'] } },
        },
      },
    ]);
  });

  test('then a message that cannot be handled goes to its dead-letter queue after five tries', () => {
    const { deadLetterTargetArn, maxReceiveCount } = queue('order-notifications').properties[
      'RedrivePolicy'
    ] as {
      deadLetterTargetArn: unknown;
      maxReceiveCount: number;
    };
    expect(template.text(deadLetterTargetArn)).toBe('order-notifications-dlq.Arn');
    expect(maxReceiveCount).toBe(5);
  });
});

describe('given any queue', () => {
  const queues = template.ofType('AWS::SQS::Queue');

  test.each(queues)(
    'then $properties.QueueName is encrypted and refuses to be spoken to without TLS',
    ({ id, properties }) => {
      expect(properties['SqsManagedSseEnabled']).toBe(true);
      expect(statementsOn(id)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    },
  );

  test.each(queues.filter(({ properties }) => /-dlq$/.test(String(properties['QueueName']))))(
    'then $properties.QueueName keeps messages for 14 days',
    ({ properties }) => {
      expect(properties['MessageRetentionPeriod']).toBe(14 * 24 * 60 * 60);
    },
  );
});

describe('given the archive', () => {
  test('then it holds every event of ours, for days that the stage says', () => {
    const [archive] = template.ofType('AWS::Events::Archive');
    expect(template.text(archive!.properties['SourceArn'])).toBe('orders.Arn');
    expect(archive!.properties).toMatchObject({
      ArchiveName: 'orders',
      EventPattern: { source: ['orders.service'] },
      RetentionDays: 7,
    });
  });
});

describe('given the reconciler', () => {
  test('then every hour, on the default bus, it is asked to go on with its round', () => {
    const { properties, targets } = rule('orders-reconciler');
    expect(properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' });
    expect(properties['EventBusName']).toBeUndefined();
    expect(targets).toMatchObject([{ Input: '{"action":"round"}' }]);
    expect(template.text(targets[0]!.Arn)).toBe('orders-reconciler.Arn');
  });

  test('then what fails is left to the next hour', () => {
    const config = template
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(({ properties }) => template.text(properties['FunctionName']) === 'orders-reconciler');
    expect(config?.properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 1_800 });
  });
});
