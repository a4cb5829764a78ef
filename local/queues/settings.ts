import type { Resource, Stack } from '../parts.ts';
import { isRecord, nameInArn, numeric, text, UnsupportedResource, type Properties } from '../properties.ts';

export interface QueueSettings {
  name: string;
  arn: string;
  visibilitySeconds: number;
  delaySeconds: number;
  retentionSeconds: number;
  maxMessageBytes: number;
  receiveWaitSeconds: number;
  redrive?: { deadLetterArn: string; maxReceiveCount: number };
  /** From the template; a queue that is not was created through the API. */
  declared: boolean;
  /** Of one created through the API, given back as it came; nothing evaluates it. */
  policy?: string;
}

/** Of one message, and of all messages of a batch. */
export const mostMessageBytes = 1024 * 1024;
const fourDays = 4 * 24 * 60 * 60;

export function readQueues(stack: Stack): QueueSettings[] {
  const queues = stack.ofType('AWS::SQS::Queue');
  const arns = new Set(queues.map(({ arn }) => arn));
  return queues.map((queue) => readQueue(queue, arns));
}

function readQueue(queue: Resource, arns: ReadonlySet<string>): QueueSettings {
  const { properties, arn } = queue;
  if (text(properties, 'FifoQueue') === 'true')
    throw new UnsupportedResource(queue, 'FIFO queues are not run');
  const settings = queueSettings(arn, properties);
  const deadLetterArn = settings.redrive?.deadLetterArn;
  if (deadLetterArn !== undefined && !arns.has(deadLetterArn)) {
    throw new UnsupportedResource(
      queue,
      `its dead-letter queue ${deadLetterArn} is no queue of the template`,
    );
  }
  return { ...settings, declared: true };
}

/** CloudFormation and CreateQueue name them alike. */
export function queueSettings(arn: string, properties: Properties): Omit<QueueSettings, 'declared'> {
  const redrive = readRedrive(properties['RedrivePolicy']);
  return {
    name: nameInArn(arn),
    arn,
    visibilitySeconds: numeric(properties, 'VisibilityTimeout') ?? 30,
    delaySeconds: numeric(properties, 'DelaySeconds') ?? 0,
    retentionSeconds: numeric(properties, 'MessageRetentionPeriod') ?? fourDays,
    maxMessageBytes: numeric(properties, 'MaximumMessageSize') ?? mostMessageBytes,
    receiveWaitSeconds: numeric(properties, 'ReceiveMessageWaitTimeSeconds') ?? 0,
    ...(redrive && { redrive }),
  };
}

function readRedrive(policy: unknown): QueueSettings['redrive'] {
  const given: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
  if (!isRecord(given)) return undefined;
  const deadLetterArn = text(given, 'deadLetterTargetArn');
  const maxReceiveCount = numeric(given, 'maxReceiveCount');
  return deadLetterArn && maxReceiveCount ? { deadLetterArn, maxReceiveCount } : undefined;
}
