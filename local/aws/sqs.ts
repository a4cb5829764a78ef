import type { Stack } from '../parts.ts';
import { nameInArn, text, texts, type Properties } from '../properties.ts';
import { parseHandle, sizeOf } from '../queues/message.ts';
import type { QueueService } from '../queues/queues.ts';
import { mostMessageBytes, type QueueSettings } from '../queues/settings.ts';
import {
  batchOf,
  batchTooLong,
  between,
  invalidHandle,
  invalidValue,
  noSuchQueue,
  notInFlight,
  readBatch,
} from './sqs-errors.ts';
import { scratchQueueOperations } from './sqs-queues.ts';
import { givenAttributes, messageOutput, queueAttributes, sentOutput } from './sqs-shapes.ts';
import { jsonService, type AwsCall, type AwsService } from './service.ts';

export function sqsService(parts: { queues: QueueService; stack: Stack; url: string }): AwsService {
  const { queues, stack } = parts;
  const urlOf = (name: string) => `${parts.url}/_aws/${stack.accountId}/${name}`;
  const queueIn = (input: Properties, field = 'QueueUrl'): QueueSettings => {
    const settings = queues.settings(nameInArn(text(input, field) ?? ''));
    if (!settings) throw noSuchQueue();
    return settings;
  };

  function messageIn(name: string, entry: Properties, { caller }: AwsCall) {
    const body = text(entry, 'MessageBody') ?? '';
    const attributes = givenAttributes(entry);
    const { maxMessageBytes } = queues.settings(name) ?? { maxMessageBytes: Infinity };
    if (body === '') throw invalidValue('The request must contain the parameter MessageBody.');
    if (sizeOf(body, attributes) > maxMessageBytes) {
      throw invalidValue(
        `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
      );
    }
    const delaySeconds = between(entry, 'DelaySeconds', 0, 900);
    const sender = caller.kind === 'function' ? caller.functionName : stack.accountId;
    return { body, attributes, sender, ...(delaySeconds !== undefined && { delaySeconds }) };
  }

  return jsonService({
    name: 'sqs',
    contentType: 'application/x-amz-json-1.0',
    errorPrefix: 'com.amazonaws.sqs#',
    operations: {
      GetQueueUrl: (input) => ({ QueueUrl: urlOf(queueIn(input, 'QueueName').name) }),
      ListQueues: (input) => {
        const prefix = text(input, 'QueueNamePrefix') ?? '';
        return {
          QueueUrls: queues
            .names()
            .filter((name) => name.startsWith(prefix))
            .map(urlOf),
        };
      },
      GetQueueAttributes: (input) => {
        const settings = queueIn(input);
        const all = queueAttributes(settings, queues.depth(settings.name));
        const asked = texts(input, 'AttributeNames');
        const given = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
        return given.length > 0 ? { Attributes: Object.fromEntries(given) } : {};
      },
      SendMessage: async (input, call) => {
        const { name } = queueIn(input);
        const [sent] = await queues.send(name, [messageIn(name, input, call)]);
        return sent ? sentOutput(sent) : {};
      },
      SendMessageBatch: async (input, call) => {
        const { name } = queueIn(input);
        const { good, Failed } = readBatch(input, (entry) => messageIn(name, entry, call));
        const bytes =
          sumOf(batchOf(input), ({ entry }) => sizeOf(text(entry, 'MessageBody') ?? '', {})) +
          sumOf(good, ({ read }) => sizeOf('', read.attributes));
        if (bytes > mostMessageBytes) throw batchTooLong(mostMessageBytes, bytes);
        const sent = await queues.send(
          name,
          good.map(({ read }) => read),
        );
        return {
          Successful: sent.map((message, index) => ({ Id: good[index]?.id, ...sentOutput(message) })),
          Failed,
        };
      },
      ReceiveMessage: async (input, { request }) => {
        const { name } = queueIn(input);
        const visibilitySeconds = between(input, 'VisibilityTimeout', 0, 43_200);
        const waitSeconds = between(input, 'WaitTimeSeconds', 0, 20);
        const messages = await queues.take(name, {
          max: between(input, 'MaxNumberOfMessages', 1, 10) ?? 1,
          signal: request.signal,
          ...(visibilitySeconds !== undefined && { visibilitySeconds }),
          ...(waitSeconds !== undefined && { waitSeconds }),
        });
        return messages.length > 0
          ? { Messages: messages.map((message) => messageOutput(message, input)) }
          : {};
      },
      DeleteMessage: async (input) => {
        await queues.deleteAll(queueIn(input).name, [handleIn(input)]);
        return {};
      },
      DeleteMessageBatch: async (input) => {
        const { name } = queueIn(input);
        const { good, Failed } = readBatch(input, handleIn);
        await queues.deleteAll(
          name,
          good.map(({ read }) => read),
        );
        return { Successful: good.map(({ id }) => ({ Id: id })), Failed };
      },
      ChangeMessageVisibility: async (input) => {
        const { name } = queueIn(input);
        const seconds = between(input, 'VisibilityTimeout', 0, 43_200) ?? 0;
        if (!(await queues.changeVisibility(name, handleIn(input), seconds))) throw notInFlight();
        return {};
      },
      PurgeQueue: async (input) => {
        await queues.purge(queueIn(input).name);
        return {};
      },
      ...scratchQueueOperations({ queues, stack, urlOf, queueIn }),
    },
  });
}

function handleIn(input: Properties): string {
  const handle = text(input, 'ReceiptHandle');
  if (!handle || !parseHandle(handle)) throw invalidHandle();
  return handle;
}

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
