import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { queue, queueArn } from '../support/stack.ts';

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let sqs: ReturnType<typeof sdkClients>['sqs'];
let QueueUrl: string;

beforeEach(async () => {
  running = await startEdges([
    queue('team', { RedrivePolicy: { deadLetterTargetArn: queueArn('team-dlq'), maxReceiveCount: 1 } }),
    queue('team-dlq'),
  ]);
  clients = sdkClients(running.url);
  sqs = clients.sqs;
  QueueUrl = (await sqs.send(new GetQueueUrlCommand({ QueueName: 'team' }))).QueueUrl!;
});

afterEach(async () => {
  clients.destroy();
  await running.stop();
});

describe('the SQS client', () => {
  test('gets the message that was sent, its attributes and digests included, and deletes it', async () => {
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'größe' },
      count: { DataType: 'Number', StringValue: '7' },
      raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 255) },
    };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"ä":1}', MessageAttributes }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    expect(Messages).toHaveLength(1);
    expect(Messages[0]).toMatchObject({ Body: '{"ä":1}', MessageAttributes });
    expect(Messages[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: '000000000000' });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]!.ReceiptHandle }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: queueArn('team'),
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  test('waits for a message that is sent later', async () => {
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
    expect((await waiting).Messages?.[0]?.Body).toBe('late');
  });

  test('receives at most ten, and asks for no more', async () => {
    for (const batch of [0, 1]) {
      const Entries = [...Array(10).keys()].map((n) => ({ Id: `m${n}`, MessageBody: `${batch}.${n}` }));
      const { Successful } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      expect(Successful).toHaveLength(10);
    }
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(receive);
    expect(Messages.map(({ Body }) => Body)).toEqual([...Array(10).keys()].map((n) => `0.${n}`));
    const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: `d${n}`, ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    expect(running.queues.depth('team')).toMatchObject({ visible: 10, inFlight: 0 });
    await expect(
      sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('gives a message back by setting its visibility to nothing; the second receive sends it to the DLQ', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const { ReceiptHandle } = Messages[0]!;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    const letters = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: QueueUrl.replace('team', 'team-dlq'),
        MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
      }),
    );
    expect(letters.Messages).toMatchObject([
      { Body: 'poison', Attributes: { DeadLetterQueueSourceArn: queueArn('team') } },
    ]);
    await expect(
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 })),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  test('knows an unknown queue by the exception of its own', async () => {
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'nobody' }))).rejects.toBeInstanceOf(
      QueueDoesNotExist,
    );
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  test('lists and purges', async () => {
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'team-' }));
    expect(QueueUrls).toEqual([`${running.url}/_aws/000000000000/team-dlq`]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(running.queues.depth('team').visible).toBe(0);
  });

  test('refuses an empty, over-large or ill-typed message', async () => {
    for (const given of [
      { MessageBody: '' },
      { MessageBody: 'x'.repeat(1024 * 1024 + 1) },
      { MessageBody: 'x', MessageAttributes: { a: { DataType: 'Date', StringValue: 'x' } } },
      { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      { MessageBody: 'x', DelaySeconds: -1 },
      { MessageBody: 'x', DelaySeconds: 901 },
    ]) {
      await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...given }))).rejects.toMatchObject({
        name: 'InvalidParameterValue',
      });
    }
    expect(running.queues.depth('team').visible).toBe(0);
  });

  test('given a batch with entries that are invalid, then those have failed and the others are sent', async () => {
    const Entries = [
      { Id: 'first', MessageBody: '1' },
      { Id: 'empty', MessageBody: '' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
      { Id: 'last', MessageBody: '2' },
    ];
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['first', 'last']);
    const fault = { SenderFault: true, Code: 'InvalidParameterValue' };
    expect(answer.Failed).toMatchObject([
      { Id: 'empty', ...fault },
      { Id: 'late', ...fault },
    ]);
    expect(running.queues.messages('team').map(({ id, body }) => [id, body])).toEqual(
      answer.Successful?.map(({ MessageId }, index) => [MessageId, String(index + 1)]),
    );
  });

  test('given a batch that is longer than one message may be, then none of it is sent', async () => {
    const half = 'x'.repeat(512 * 1024);
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: half }));
    const send = (more: object[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [...Entries, ...more] as typeof Entries }));
    await expect(send([{ Id: 'c', MessageBody: 'x' }])).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
    });
    expect(running.queues.messages('team')).toEqual([]);
    expect((await send([])).Successful).toHaveLength(2);
  });

  test('given a batch to delete with a handle that is none, then the others are deleted', async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const Entries = [
      { Id: 'good', ReceiptHandle: Messages[0]?.ReceiptHandle },
      { Id: 'bad', ReceiptHandle: 'nonsense' },
    ];
    expect(await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
    });
    expect(running.queues.messages('team')).toEqual([]);
  });
});
