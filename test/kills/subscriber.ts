import { DeleteMessageBatchCommand, GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { connect, Delivered } from '../support/system.ts';

type Client = ReturnType<typeof connect>;

/** A team that takes messages from its queue, and remembers them before it deletes them. */
export interface Subscriber {
  /** By order and version, each `detail` that came under that name. */
  received: ReadonlyMap<string, ReadonlySet<string>>;
  messages: () => number;
  /** Gives the number that it took. */
  take: (client: Client, queue: string, waitSeconds?: number) => Promise<number>;
}

export const eventName = (order: string, version: number) => `${order} version ${version}`;

export const newSubscriber = (): Subscriber => {
  const received = new Map<string, Set<string>>();
  let messages = 0;
  return {
    received,
    messages: () => messages,
    take: async ({ sqs }, queue, waitSeconds = 0) => {
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: waitSeconds,
          // Short: what a kill kept from being deleted comes again soon.
          VisibilityTimeout: 2,
        }),
      );
      for (const { Body = '' } of Messages) {
        const { detail } = JSON.parse(Body) as Delivered;
        const name = eventName(detail.metadata.groupId, detail.metadata.sequence);
        received.set(name, (received.get(name) ?? new Set()).add(JSON.stringify(detail)));
        messages += 1;
      }
      if (Messages.length > 0) {
        const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
      return Messages.length;
    },
  };
};
