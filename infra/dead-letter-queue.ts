import { Duration } from 'aws-cdk-lib';
import { Queue, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { queueEncryption } from './queue-encryption.ts';

const NOTHING_FAILS =
  'Nothing receives from it that could fail: people look at it, and move what is in it on.';

/** Why what ends in a dead-letter queue goes nowhere from there. */
export const DEAD_END = {
  'AwsSolutions-SQS3': NOTHING_FAILS,
  'Serverless-SQSRedrivePolicy': NOTHING_FAILS,
};

/** A queue whose messages wait for a person: they stay as long as SQS allows. */
export class DeadLetterQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    queueName: string,
    encryption: QueueProps = queueEncryption(scope),
  ) {
    super(scope, id, {
      queueName,
      retentionPeriod: Duration.days(14),
      ...encryption,
      enforceSSL: true,
    });
    acknowledge(this, DEAD_END);
  }
}
