import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, type MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Target } from '@aws-sdk/client-eventbridge';
import { Failed } from '../command.ts';
import type { Clients } from './clients.ts';
import { accountIn, nameIn, serviceIn } from './names.ts';

export interface Sending {
  queueUrl(arn: string): Promise<string>;
  /** Resolves when the queue or function has accepted the body; SQS and Lambda keep it from then on. */
  send(arn: string, body: string, attributes?: Record<string, MessageAttributeValue>): Promise<void>;
}

export function createSending({ sqs, lambda }: Clients): Sending {
  const urls = new Map<string, string>();
  const queueUrl = async (arn: string): Promise<string> => {
    const known = urls.get(arn);
    if (known !== undefined) return known;
    const address = { QueueName: nameIn(arn), QueueOwnerAWSAccountId: accountIn(arn) };
    const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand(address));
    urls.set(arn, QueueUrl);
    return QueueUrl;
  };
  return {
    queueUrl,
    send: async (arn, body, attributes) => {
      if (serviceIn(arn) === 'sqs') {
        const QueueUrl = await queueUrl(arn);
        await sqs.send(
          new SendMessageCommand({
            QueueUrl,
            MessageBody: body,
            ...(attributes && { MessageAttributes: attributes }),
          }),
        );
        return;
      }
      if (serviceIn(arn) !== 'lambda') throw notSendable(arn);
      // As EventBridge does: Lambda keeps the event, and retries the function by itself.
      await lambda.send(new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: body }));
    },
  };
}

/** Why an event cannot be handed to this target from outside EventBridge as it would be from inside. */
export function obstacleOf({ Arn = '', Input, InputPath, InputTransformer }: Target): string | undefined {
  if (serviceIn(Arn) !== 'sqs' && serviceIn(Arn) !== 'lambda') return notSendable(Arn).message;
  if (Input === undefined && InputPath === undefined && InputTransformer === undefined) return undefined;
  return `EventBridge alone can shape the input of ${nameIn(Arn)}: ${instead}`;
}

const instead = 'replay the archive to its rule (orders events replay --rule RULE --from T --to T).';
const notSendable = (arn: string) =>
  new Failed(`Only queues and functions can be sent to, not ${serviceIn(arn)}: ${instead}`);
