import { DeleteMessageCommand, ReceiveMessageCommand, type Message } from '@aws-sdk/client-sqs';
import { isAway, isNamed } from '../aws/failures.ts';
import type { Context } from '../command.ts';
import { isRecord } from '../filter.ts';

const waitSeconds = 10;
const pauseMs = 2_000;

/** Takes `limit` events out of the queue as they come, or all until `interrupted` aborts. Each is deleted once it was used. */
export async function* receivedEvents(
  QueueUrl: string,
  limit: number,
  { clients, interrupted, pause }: Pick<Context, 'clients' | 'interrupted' | 'pause'>,
): AsyncGenerator<Record<string, unknown>> {
  const { sqs } = clients;
  let left = limit;
  while (!interrupted.aborted && left > 0) {
    let messages: Message[] = [];
    try {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(10, left),
        WaitTimeSeconds: waitSeconds,
      });
      ({ Messages: messages = [] } = await sqs.send(command, { abortSignal: interrupted }));
    } catch (error) {
      if (isNamed(error, 'AbortError')) return;
      if (!isAway(error)) throw error;
      await pause(pauseMs, interrupted);
    }
    left -= messages.length;
    for (const { Body = '', ReceiptHandle } of messages) {
      yield eventIn(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** Anybody may send to a queue to try things with. */
function eventIn(body: string): Record<string, unknown> {
  try {
    const event: unknown = JSON.parse(body);
    if (isRecord(event)) return event;
  } catch {
    // Shown as it is.
  }
  return { detail: body };
}
