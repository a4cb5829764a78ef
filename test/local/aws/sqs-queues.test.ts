import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { startEdges, type Running } from '../support/running.ts';
import { sdkClients } from '../support/sdk.ts';
import { queue, queueArn } from '../support/stack.ts';

let running: Running;
let clients: ReturnType<typeof sdkClients>;
let sqs: ReturnType<typeof sdkClients>['sqs'];

const begin = async (found: readonly string[] = []) => {
  running = await startEdges([queue('team'), queue('team-dlq')], { found });
  clients = sdkClients(running.url);
  sqs = clients.sqs;
};
const end = async () => {
  clients.destroy();
  await running.stop();
};
beforeEach(() => begin());
afterEach(end);

const create = (QueueName: string, Attributes: Record<string, string> = {}) =>
  sqs.send(new CreateQueueCommand({ QueueName, Attributes }));

describe('a scratch queue', () => {
  test('works as the queues of the template do, with the attributes that it was given', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('team-dlq'), maxReceiveCount: 3 });
    const given = { VisibilityTimeout: '5', RedrivePolicy, Policy: '{"Version":"2012-10-17"}' };
    const { QueueUrl } = await create('scratch', given);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toMatchObject([{ Body: 'm' }]);
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    expect((await sqs.send(asked)).Attributes).toMatchObject({
      ...given,
      QueueArn: queueArn('scratch'),
      DelaySeconds: '0',
    });
  });

  test('can be asked for again, but not as another', async () => {
    const { QueueUrl } = await create('scratch', { VisibilityTimeout: '5' });
    expect((await create('scratch')).QueueUrl).toBe(QueueUrl);
    expect((await create('scratch', { VisibilityTimeout: '5' })).QueueUrl).toBe(QueueUrl);
    await expect(create('scratch', { VisibilityTimeout: '6' })).rejects.toBeInstanceOf(QueueNameExists);
  });

  test('is there after a restart, with its messages, until it is deleted', async () => {
    const { QueueUrl } = await create('scratch', { DelaySeconds: '0', VisibilityTimeout: '7' });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    const { journal } = running;
    for (const found of [journal.lines, journal.compacted()]) {
      await end();
      await begin(found);
      expect(running.queues.settings('scratch')).toMatchObject({ visibilitySeconds: 7, declared: false });
      expect(running.queues.depth('scratch').visible).toBe(1);
    }
    const found = (await sqs.send(new GetQueueUrlCommand({ QueueName: 'scratch' }))).QueueUrl;
    await sqs.send(new DeleteQueueCommand({ QueueUrl: found }));
    const gone = new GetQueueUrlCommand({ QueueName: 'scratch' });
    await expect(sqs.send(gone)).rejects.toBeInstanceOf(QueueDoesNotExist);
    const { lines } = running.journal;
    await end();
    await begin(lines);
    await expect(sqs.send(gone)).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  test('gives way to a queue of the template that takes its name', async () => {
    await create('later', { VisibilityTimeout: '7' });
    const { lines } = running.journal;
    const next = await startEdges([queue('later')], { found: lines });
    expect(next.queues.settings('later')).toMatchObject({ declared: true, visibilitySeconds: 30 });
    await next.stop();
  });
});

describe('the queues of the template', () => {
  test('can be asked for, and not be deleted', async () => {
    const { QueueUrl } = await create('team');
    await expect(sqs.send(new DeleteQueueCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: "Queue team is the template's: change it there.",
    });
    expect(running.queues.settings('team')?.declared).toBe(true);
  });
});

test.each([
  ['a name of other characters', 'to be', {}, 'InvalidParameterValue'],
  ['a FIFO queue', 'orders.fifo', {}, 'InvalidParameterValue'],
  ['a time beyond the limits', 'q', { VisibilityTimeout: '43201' }, 'InvalidParameterValue'],
  ['a number that is none', 'q', { DelaySeconds: 'soon' }, 'InvalidParameterValue'],
  ['a policy that is no JSON', 'q', { RedrivePolicy: '{' }, 'InvalidParameterValue'],
  [
    'a dead-letter queue that does not exist',
    'q',
    { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('none'), maxReceiveCount: 1 }) },
    'InvalidParameterValue',
  ],
  ['an unknown attribute', 'q', { Colour: 'red' }, 'InvalidAttributeName'],
])('%s is refused, and nothing is created', async (_, name, attributes, error) => {
  await expect(create(name, attributes)).rejects.toMatchObject({ name: error });
  expect(running.queues.names()).toEqual(['team', 'team-dlq']);
});
