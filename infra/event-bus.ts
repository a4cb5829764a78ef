import { Duration, Stack } from 'aws-cdk-lib';
import { Archive, EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IQueue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { Keys } from './keys.ts';
import { busPlace, type Stage } from './stages.ts';

const NAME = 'orders';

/** Rules and archives can stand only on a bus of the stack's own account and region. */
const isHere = ({ account, region }: Stage, arn: string): boolean => {
  const place = busPlace(arn);
  return place.account === account && place.region === region;
};

/** The bus that our events are published on, as the stage names it. Known before the bus is made. */
export const eventBusArnOf = (scope: Construct, stage: Stage): string =>
  givenBusArn(stage) ??
  Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: NAME });

const givenBusArn = (stage: Stage): string | undefined =>
  stage.eventBusArn !== undefined && isHere(stage, stage.eventBusArn) ? stage.eventBusArn : undefined;

/** A bus elsewhere gets our events handed on, as its rules could not call anything of ours. */
export const foreignBusArnOf = (stage: Stage): string | undefined =>
  givenBusArn(stage) === undefined ? stage.eventBusArn : undefined;

const archive = (scope: Construct, id: string, sourceEventBus: IEventBus, stage: Stage): void => {
  const kmsKey = Keys.of(scope)?.events;
  new Archive(scope, id, {
    sourceEventBus,
    archiveName: NAME,
    description: 'Every event of orders, to be replayed',
    eventPattern: { source: [stage.eventSource] },
    retention: Duration.days(stage.archiveDays),
    ...(kmsKey && { kmsKey }),
  });
};

class OrdersEventBus extends EventBus {
  /** What its key did not encrypt. */
  readonly deadLetters: IQueue | undefined;

  constructor(scope: Construct, id: string, stage: Stage) {
    const kmsKey = Keys.of(scope)?.events;
    // For events that the key does not encrypt: so not under the same key.
    const deadLetterQueue =
      kmsKey &&
      new DeadLetterQueue(scope, `${id}DeadLetters`, 'orders-bus-dlq', {
        encryption: QueueEncryption.SQS_MANAGED,
      });
    super(scope, id, {
      eventBusName: NAME,
      description: 'What happened to orders',
      ...(kmsKey && { kmsKey, deadLetterQueue }),
    });
    deadLetterQueue?.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.eventBusArn } },
      }),
    );
    this.deadLetters = deadLetterQueue;
    archive(this, 'Archive', this, stage);
  }
}

/** The stack's own bus, or the one that was there already, with an archive of our events. */
export const eventBusOf = (
  scope: Construct,
  id: string,
  stage: Stage,
): { eventBus: IEventBus; busDeadLetters?: IQueue } => {
  const given = givenBusArn(stage);
  if (given === undefined) {
    const eventBus = new OrdersEventBus(scope, id, stage);
    return { eventBus, ...(eventBus.deadLetters && { busDeadLetters: eventBus.deadLetters }) };
  }
  const eventBus = EventBus.fromEventBusArn(scope, id, given);
  archive(scope, `${id}Archive`, eventBus, stage);
  return { eventBus };
};
