import { rmSync } from 'node:fs';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { patterns } from 'order-events';
import { OrderEventsSubscription, type OrderEventsSubscriptionProps } from 'order-events/cdk';

type Props = Omit<OrderEventsSubscriptionProps, 'name' | 'eventBus' | 'pattern'> & { name?: string };

// CDK's own check of templates takes seconds.
process.env['CDK_VALIDATION'] = 'false';

const env = { account: '111111111111', region: 'eu-west-1' };

const subscribed = (
  props: Props | ((stack: Stack) => Props) = {},
  pattern: object = patterns.orderShipped({ amountAtLeast: 10_000 }),
) => {
  const app = new App({ analyticsReporting: false });
  try {
    const stack = new Stack(app, 'Team', { env });
    const eventBus = EventBus.fromEventBusName(stack, 'Orders', 'orders');
    const given = typeof props === 'function' ? props(stack) : props;
    new OrderEventsSubscription(stack, 'Shipping', { name: 'shipping', eventBus, pattern, ...given });
    return Template.fromStack(stack);
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
};
const handler = (stack: Stack) =>
  new LambdaFunction(stack, 'Handler', {
    functionName: 'shipping',
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({});'),
  });
const ruleArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShippingRule'), 'Arn'] };
const deadLettersArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShippingDeadLetters'), 'Arn'] };
const alarmsOf = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as Record<string, unknown>,
  );

describe('a subscription with a queue of its own', () => {
  test('then the rule has the pattern as it is, on the bus, and its target is retried for a day', () => {
    subscribed().hasResourceProperties('AWS::Events::Rule', {
      Name: 'shipping',
      EventBusName: 'orders',
      EventPattern: {
        source: ['orders.service'],
        'detail-type': ['OrderShipped'],
        detail: { data: { order: { amount: [{ numeric: ['>=', 10_000] }] } } },
      },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ShippingQueue'), 'Arn'] },
          DeadLetterConfig: { Arn: deadLettersArn },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        }),
      ],
    });
  });

  test('given $or and replay-name, which CDK has no form for, then they are in the rule', () => {
    const pattern = patterns.anyOf(
      patterns.orderCreated({ replays: 'exclude' }),
      patterns.orderCancelled({ from: 'CONFIRMED' }),
    );
    subscribed({}, pattern).hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern });
  });

  test('then messages that nobody deletes go to the dead-letter queue, both queues encrypted', () => {
    const template = subscribed();
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'shipping',
      VisibilityTimeout: 60,
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: { deadLetterTargetArn: deadLettersArn, maxReceiveCount: 5 },
      SqsManagedSseEnabled: true,
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'shipping-dlq',
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  test.each(['ShippingQueue', 'ShippingDeadLetters'])(
    'then %s lets this rule send, and nobody else',
    (queue) => {
      subscribed().hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: Match.stringLikeRegexp(`^${queue}`) }],
        PolicyDocument: {
          Statement: [
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
            Match.objectLike({
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: Match.anyValue(),
              Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
            }),
          ],
        },
      });
    },
  );

  test('given other settings, then they hold', () => {
    const template = subscribed({
      target: { queue: { visibilityTimeout: Duration.minutes(6), maxReceiveCount: 20 } },
      retry: { attempts: 3, maxEventAge: Duration.hours(1) },
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'shipping',
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 20 },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        Match.objectLike({ RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 3 } }),
      ],
    });
  });
});

describe('a subscription with a function', () => {
  const template = subscribed((stack) => ({ target: { function: handler(stack) } }));

  test('then the function may be invoked by this rule, and what Lambda gives up is a dead letter too', () => {
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: ruleArn,
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: deadLettersArn } },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        Match.objectLike({
          DeadLetterConfig: { Arn: deadLettersArn },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        }),
      ],
    });
  });

  test('then there is no queue but that of dead letters, and the alarm is on what waits at Lambda', () => {
    template.resourceCountIs('AWS::SQS::Queue', 1);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shipping-age',
      Namespace: 'AWS/Lambda',
      MetricName: 'AsyncEventAge',
      Threshold: 900_000,
    });
  });
});

describe('a subscription across accounts', () => {
  test('given the bus of another account, then the rule may put events there, and has dead letters', () => {
    const theirs = 'arn:aws:events:eu-west-1:222222222222:event-bus/shipping';
    const template = subscribed((stack) => ({
      target: { bus: EventBus.fromEventBusArn(stack, 'Theirs', theirs) },
      retry: { attempts: 3 },
    }));
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        Match.objectLike({
          Arn: theirs,
          RoleArn: Match.anyValue(),
          DeadLetterConfig: { Arn: deadLettersArn },
          RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 86_400 },
        }),
      ],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Action: 'events:PutEvents', Effect: 'Allow', Resource: theirs }],
      },
    });
    expect(alarmsOf(template).map(({ AlarmName }) => AlarmName)).toEqual(['shipping-dead-letters']);
  });

  test('given an account that hands its events on, then it may put those of orders on the bus', () => {
    subscribed({ fromAccount: '333333333333' }).hasResourceProperties('AWS::Events::EventBusPolicy', {
      EventBusName: 'orders',
      StatementId: 'orders-from-333333333333-shipping',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '333333333333' },
        Action: 'events:PutEvents',
        Condition: { StringEquals: { 'events:source': 'orders.service' } },
      },
    });
  });

  test('given long names that differ at their ends, then each has a statement of its own, as AWS takes it', () => {
    const ids = ['a', 'b'].map((end) => {
      const template = subscribed({ name: 'x'.repeat(63) + end, fromAccount: '333333333333' });
      const [policy] = Object.values(template.findResources('AWS::Events::EventBusPolicy'));
      return (policy?.['Properties'] as { StatementId: string }).StatementId;
    });
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^orders-from-333333333333-x+-[0-9a-f]{8}$/);
    expect(ids.map(({ length }) => length)).toEqual([64, 64]);
  });
});

describe('its alarms', () => {
  test('then there is one on dead letters, at the first, and one on age, both silent where nothing is measured', () => {
    const alarms = alarmsOf(subscribed());
    expect(alarms).toMatchObject([
      { AlarmName: 'shipping-dead-letters', MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 },
      {
        AlarmName: 'shipping-age',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Threshold: 900,
        EvaluationPeriods: 3,
      },
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        TreatMissingData: 'notBreaching',
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmDescription: expect.stringMatching(/^.{20,}\.$/) as string,
      });
    }
  });

  test('given an age and an action, then they hold', () => {
    const alarms = alarmsOf(
      subscribed((stack) => ({
        alarms: { oldest: Duration.minutes(2), actions: [new SnsAction(new Topic(stack, 'Topic'))] },
      })),
    );
    expect(
      alarms.map(({ Threshold, AlarmActions }) => [Threshold, (AlarmActions as object[]).length]),
    ).toEqual([
      [0, 1],
      [120, 1],
    ]);
  });

  test('given none, then there are none', () => {
    expect(alarmsOf(subscribed({ alarms: false }))).toEqual([]);
  });
});

describe('what is refused at synthesis', () => {
  test.each<[string, object, string]>([
    [
      'a pattern that EventBridge would refuse',
      { source: 'orders.service' },
      'The pattern of shipping is not valid: $.source: a field takes an object or an array of alternatives.',
    ],
    [
      'a pattern that no event can match',
      { detail: { order: { amount: [{ numeric: ['>', 1] }] } } },
      'The pattern of shipping can never match an event of orders: no event of orders has detail.order.amount: did you mean detail.data.order.amount or detail.data.previous.amount?',
    ],
  ])('given %s, then it says why', (_, pattern, message) => {
    expect(() => subscribed({}, pattern)).toThrow(message);
  });

  test('given two targets, then it takes one', () => {
    expect(() => subscribed((stack) => ({ target: { queue: {}, function: handler(stack) } }))).toThrow(
      'The subscription shipping takes one target: queue, function or bus.',
    );
  });
});
