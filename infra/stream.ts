import { Aws, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV, EVENT_TYPES } from '../src/adapters/names.ts';
import { FailureBucket } from './failure-bucket.ts';
import { type CodeOf, OrdersFunction } from './orders-function.ts';
import { publishing } from './publishing.ts';
import type { Stage } from './stages.ts';

/** Six of the stream's 24 hours: the rest is for people to repair and read again. */
export const MAX_RECORD_AGE = Duration.hours(6);

export interface OrdersStreamProps {
  stage: Stage;
  code: CodeOf;
  orders: ITable;
  eventBus: IEventBus;
}

export class OrdersStream extends Construct {
  readonly reader: OrdersFunction;
  readonly mapping: EventSourceMapping;
  readonly failures: FailureBucket;

  constructor(scope: Construct, id: string, { stage, code, orders, eventBus }: OrdersStreamProps) {
    super(scope, id);
    const { tableArn, tableStreamArn } = orders;
    if (!tableStreamArn) throw new Error(`${orders.tableName} has no stream`);

    this.failures = new FailureBucket(this, 'Failures', stage);
    this.reader = new OrdersFunction(this, 'Reader', {
      stage,
      code,
      name: 'orders-stream-reader',
      description: 'Publishes what changes of orders mean',
      failures: 'What the event source mapping gives up goes to its destination, the failure bucket.',
      timeout: Duration.seconds(60),
      memorySize: 512,
      environment: {
        [ENV.eventBus]: eventBus.eventBusArn,
        [ENV.eventSource]: stage.eventSource,
        [ENV.failureBucket]: this.failures.bucketName,
        [ENV.defaultCurrency]: stage.defaultCurrency,
        // Nobody else's, never the same again, and no secret to be kept: it must only not be in the logs themselves.
        [ENV.logHashKey]: Aws.STACK_ID,
      },
      permissions: [
        new PolicyStatement({
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          resources: [tableStreamArn],
        }),
        new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${tableArn}/stream/*`] }),
        publishing(eventBus, stage, Object.keys(EVENT_TYPES)),
        ...this.failures.writePermissions(),
      ],
      wildcards: [
        {
          resource: `${tableArn}/stream/*`,
          reason: 'Streams of this table: to list them is to name none.',
        },
        ...this.failures.wildcards(),
      ],
    });

    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.reader,
      eventSourceArn: tableStreamArn,
      // LATEST would miss what is written while a mapping is made or changed.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 10,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Its age alone gives a record up: retries without an end, so that an outage of an hour costs no events.
      maxRecordAge: MAX_RECORD_AGE,
      // Only S3 receives the records themselves; queues and topics get their sequence numbers. Not CDK's
      // S3OnFailureDestination, which lets the function read and delete in the whole bucket.
      onFailure: { bind: () => ({ destination: this.failures.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }
}
