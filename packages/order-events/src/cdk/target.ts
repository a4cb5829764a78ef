import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget, LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { queueEncryption } from './queue-encryption.ts';
import { type QueueDelivery, QueueTarget, retryPolicyOf } from './queue-target.ts';

/** At most one of them; a queue with the usual settings when none is given. */
export interface SubscriptionTarget {
  /** A queue of the subscription's own, otherwise than usual. */
  queue?: QueueSettings;
  /** A function, which Lambda invokes asynchronously: what it gives up after two retries is a dead letter too. */
  function?: IFunction;
  /** A bus in another account or region, where a subscription with `fromAccount` goes on. EventBridge retries for a day. */
  bus?: IEventBus;
}

export interface QueueSettings {
  /** Longer than handling a batch takes, six times as long for a function; 60 seconds when not given. */
  visibilityTimeout?: Duration;
  /** How long a message waits to be handled; 4 days when not given. */
  retentionPeriod?: Duration;
  /** After so many receipts a message that was never deleted is a dead letter; 5 when not given. */
  maxReceiveCount?: number;
}

/** The age of the oldest that waits to be handled. */
export interface Waiting {
  age: IMetric;
  unit: 'seconds' | 'milliseconds';
}

export interface BoundTarget {
  target: IRuleTarget;
  queue?: Queue;
  /** Unknown of what another account does. */
  waiting?: Waiting;
}

const perMinute = { period: Duration.minutes(1), statistic: 'Maximum' };

export function bindTarget(
  scope: Construct,
  name: string,
  given: SubscriptionTarget,
  { encryptionKey, ...delivery }: QueueDelivery & { encryptionKey?: IKey },
): BoundTarget {
  const { queue: settings, function: handler, bus } = given;
  if ([settings, handler, bus].filter((one) => one !== undefined).length > 1)
    throw new Error(`The subscription ${name} takes one target: queue, function or bus.`);
  if (handler) {
    handler.configureAsyncInvoke({
      onFailure: new SqsDestination(delivery.deadLetterQueue),
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    });
    return {
      target: new LambdaFunction(handler, delivery),
      waiting: { age: asyncAge(handler), unit: 'milliseconds' },
    };
  }
  if (bus) {
    const target = new EventBusTarget(bus, { deadLetterQueue: delivery.deadLetterQueue });
    // CDK's target for buses takes no retries.
    return {
      target: { bind: (rule, id) => ({ ...target.bind(rule, id), retryPolicy: retryPolicyOf(delivery) }) },
    };
  }
  const queue = ownQueue(scope, name, settings ?? {}, delivery.deadLetterQueue, encryptionKey);
  const age = queue.metricApproximateAgeOfOldestMessage(perMinute);
  return { target: new QueueTarget(queue, delivery), queue, waiting: { age, unit: 'seconds' } };
}

const asyncAge = ({ functionName }: IFunction): IMetric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'AsyncEventAge',
    dimensionsMap: { FunctionName: functionName },
    ...perMinute,
  });

const ownQueue = (
  scope: Construct,
  name: string,
  settings: QueueSettings,
  deadLetters: IQueue,
  encryptionKey: IKey | undefined,
): Queue => {
  const {
    visibilityTimeout = Duration.seconds(60),
    retentionPeriod = Duration.days(4),
    maxReceiveCount = 5,
  } = settings;
  return new Queue(scope, 'Queue', {
    queueName: name,
    visibilityTimeout,
    retentionPeriod,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    ...queueEncryption(encryptionKey),
    enforceSSL: true,
  });
};
