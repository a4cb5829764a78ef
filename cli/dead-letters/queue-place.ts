import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../aws/clients.ts';
import { nameIn } from '../aws/names.ts';
import { targetsOf } from '../aws/rules.ts';
import { obstacleOf, type Sending } from '../aws/sending.ts';
import { Failed } from '../command.ts';
import type { Letter, Place } from './letter.ts';
import { destinationOf, eventIdOf, readMessage, type Route } from './message.ts';

/** Long enough for a batch at the lowest rate; who takes for longer meets those that he left once more. */
const hiddenSeconds = 300;

/** A dead-letter queue, whoever puts messages into it. */
export function queuePlace(arn: string, of: readonly string[], clients: Clients, sending: Sending): Place {
  const { sqs } = clients;
  const checked = new Map<string, Promise<void>>();

  const checkRule = async (rule: string, target: string): Promise<void> => {
    const [, bus = 'default'] = /:rule\/(.+)\/[^/]+$/.exec(rule) ?? [];
    const targets = await targetsOf(clients.events, bus, nameIn(rule));
    const found = targets.find(({ Arn }) => Arn === target);
    if (!found) throw new Failed(`Rule ${nameIn(rule)} no longer has the target ${nameIn(target)}.`);
    const obstacle = obstacleOf(found);
    if (obstacle !== undefined) throw new Failed(obstacle);
  };
  const check = (route: Route): Promise<void> => {
    if (route.by === 'nobody') throw new Failed('The message does not say where it was going.');
    if (route.by !== 'rule') return Promise.resolve();
    const key = `${route.rule} ${route.target}`;
    const checking = checked.get(key) ?? checkRule(route.rule, route.target);
    checked.set(key, checking);
    return checking;
  };

  /** `handleOf`: the newest receipt alone deletes a message, or gives it back. */
  const letter = (
    QueueUrl: string,
    message: Message,
    handleOf: (id: string) => string | undefined,
  ): Letter => {
    const { MessageId = '', Attributes } = message;
    const { route, body, event, error, attempts } = readMessage(message);
    const eventId = eventIdOf(event);
    return {
      id: MessageId,
      at: Number(Attributes?.SentTimestamp ?? 0),
      error,
      destination: destinationOf(route),
      subjects: [event],
      ...(eventId !== undefined && { eventId }),
      ...(attempts !== undefined && { attempts }),
      redeliver: async () => {
        await check(route);
        if (route.by === 'nobody') return;
        await sending.send(route.target, body, route.by === 'queue' ? route.attributes : undefined);
      },
      remove: async () => {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handleOf(MessageId) }));
      },
      release: async () => {
        // One that has come back by itself is as free as it should be.
        const ReceiptHandle = handleOf(MessageId);
        const back = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
        await sqs.send(back).catch(() => undefined);
      },
    };
  };

  return {
    name: nameIn(arn),
    kind: 'queue',
    of,
    count: async () => {
      const QueueUrl = await sending.queueUrl(arn);
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    },
    async *take(most) {
      const QueueUrl = await sending.queueUrl(arn);
      const handles = new Map<string, string | undefined>();
      // Ends too when a whole round of those that it has brought nothing new.
      for (let repeats = 0; handles.size < most && repeats <= handles.size;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: Math.min(10, most - handles.size),
            VisibilityTimeout: hiddenSeconds,
            // Asks all of SQS's servers: none of them has any when none come.
            WaitTimeSeconds: 1,
            MessageAttributeNames: ['All'],
            MessageSystemAttributeNames: ['All'],
          }),
        );
        if (Messages.length === 0) return;
        const fresh = Messages.filter(({ MessageId = '' }) => !handles.has(MessageId));
        repeats = fresh.length > 0 ? 0 : repeats + Messages.length;
        for (const { MessageId = '', ReceiptHandle } of Messages) handles.set(MessageId, ReceiptHandle);
        yield fresh.map((message) => letter(QueueUrl, message, (id) => handles.get(id)));
      }
    },
  };
}
