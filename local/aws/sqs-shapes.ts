import { isRecord, record, text, texts, type Properties } from '../properties.ts';
import {
  md5,
  md5OfAttributes,
  receiptHandle,
  type Message,
  type MessageAttribute,
  type MessageAttributes,
} from '../queues/message.ts';
import type { QueueService } from '../queues/queues.ts';
import type { QueueSettings } from '../queues/settings.ts';
import { invalidValue } from './sqs-errors.ts';

export function givenAttributes(entry: Properties): MessageAttributes {
  const given = record(entry, 'MessageAttributes') ?? {};
  const names = Object.keys(given);
  if (names.length > 10)
    throw invalidValue('Number of message attributes [over 10] exceeds the allowed maximum [10].');
  return Object.fromEntries(names.map((name) => [name, givenAttribute(name, given[name])]));
}

function givenAttribute(name: string, value: unknown): MessageAttribute {
  const attribute = isRecord(value) ? value : {};
  const DataType = text(attribute, 'DataType') ?? '';
  const StringValue = text(attribute, 'StringValue');
  const BinaryValue = text(attribute, 'BinaryValue');
  const binary = /^Binary(\..+)?$/.test(DataType);
  if (!binary && !/^(String|Number)(\..+)?$/.test(DataType)) {
    throw invalidValue(`The message attribute '${name}' has an invalid message attribute type.`);
  }
  if (!(binary ? BinaryValue : StringValue)) {
    throw invalidValue(`The message attribute '${name}' must contain a non-empty message attribute value.`);
  }
  return {
    DataType,
    ...(StringValue !== undefined && { StringValue }),
    ...(BinaryValue !== undefined && { BinaryValue }),
  };
}

export function sentOutput({ id, body, attributes }: Message): object {
  const digest = md5OfAttributes(attributes);
  return { MessageId: id, MD5OfMessageBody: md5(body), ...(digest && { MD5OfMessageAttributes: digest }) };
}

export function messageOutput(message: Message, input: Properties): object {
  const system = systemAttributes(message);
  const asked = [...texts(input, 'AttributeNames'), ...texts(input, 'MessageSystemAttributeNames')];
  const shown = Object.entries(system).filter(([name]) => asked.includes('All') || asked.includes(name));
  const wanted = texts(input, 'MessageAttributeNames');
  const attributes = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => wanted.some((pattern) => isAsked(pattern, name))),
  );
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(shown.length > 0 && { Attributes: Object.fromEntries(shown) }),
    ...(digest && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}

function isAsked(pattern: string, name: string): boolean {
  if (pattern === 'All' || pattern === '.*') return true;
  return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

const systemAttributes = ({
  sender,
  sentAt,
  receiveCount,
  firstReceivedAt,
  deadLetterSourceArn,
}: Message): Record<string, string> => ({
  SenderId: sender ?? 'local',
  SentTimestamp: String(sentAt),
  ApproximateReceiveCount: String(receiveCount),
  ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? ''),
  ...(deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: deadLetterSourceArn }),
});

export const queueAttributes = (
  settings: QueueSettings,
  { visible, inFlight, delayed }: ReturnType<QueueService['depth']>,
): Record<string, string> => ({
  QueueArn: settings.arn,
  ApproximateNumberOfMessages: String(visible),
  ApproximateNumberOfMessagesNotVisible: String(inFlight),
  ApproximateNumberOfMessagesDelayed: String(delayed),
  VisibilityTimeout: String(settings.visibilitySeconds),
  DelaySeconds: String(settings.delaySeconds),
  MessageRetentionPeriod: String(settings.retentionSeconds),
  MaximumMessageSize: String(settings.maxMessageBytes),
  ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
  ...(settings.policy !== undefined && { Policy: settings.policy }),
  ...(settings.redrive && {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: settings.redrive.deadLetterArn,
      maxReceiveCount: settings.redrive.maxReceiveCount,
    }),
  }),
});
