import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startLocal } from './start.ts';
import { Unready } from './unready.ts';

const usual = 'http://127.0.0.1:3000';
const queueName = 'order-notifications';
const eventsWithin = 20_000;

const say = (text = '') => process.stdout.write(`${text}\n`);
const indented = (value: unknown) => JSON.stringify(value, null, 2).replaceAll(/^/gm, '     ');

interface Order {
  orderId: string;
  status: string;
}

interface OrderEvent {
  'detail-type': string;
  detail: { metadata: { sequence: number }; data: { order: Order } };
}

async function walk(url: string): Promise<void> {
  const customer = `C-demo-${randomUUID().slice(0, 8)}`;
  const staff = 'U-demo';
  const owner = await token(url, { sub: customer, scope: 'orders/customer', customerId: customer });
  const member = await token(url, { sub: staff, scope: 'orders/staff' });
  const orders = `/customers/${customer}/orders`;

  say(`1. Customer ${customer} creates an order.`);
  const order = await ask(url, owner, 'POST', orders, { amount: 1999, note: 'from the demo' });
  say('2. Reads it.');
  await ask(url, owner, 'GET', `${orders}/${order.orderId}`);
  say('3. Lists all of the customer.');
  await ask(url, owner, 'GET', orders);

  const aws = {
    endpoint: `${url}/_aws`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  say(`4. ${staff}, entered as staff by an admin, confirms and ships it.`);
  const admin = await token(url, { sub: 'admin', scope: 'orders/admin' });
  await ask(url, admin, 'PUT', `/users/${staff}`, { name: 'Demo', role: 'Clerk', active: true });
  await ask(url, member, 'POST', `${orders}/${order.orderId}/confirm`);
  await ask(url, member, 'POST', `${orders}/${order.orderId}/ship`);

  say(
    `5. The notifications team receives from its queue ${queueName}, by way of the table's stream and the event bus:`,
  );
  const queue = new SQSClient(aws);
  const events = await received(queue, order.orderId, 3);
  queue.destroy();
  for (const event of events) {
    const { sequence } = event.detail.metadata;
    say(
      `   ${event['detail-type'].padEnd(16)} version ${sequence}, status ${event.detail.data.order.status}`,
    );
  }
  say('   The last one in full:');
  say(indented(events.at(-1)));
}

async function token(url: string, claims: object): Promise<string> {
  const response = await fetch(`${url}/_issuer/token`, { method: 'POST', body: JSON.stringify(claims) });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function ask(url: string, bearer: string, method: string, path: string, body?: object): Promise<Order> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Order;
  say(`   ${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}`);
  say(`   ${response.status} ${response.statusText}`);
  say(`${indented(answer)}\n`);
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
  return answer;
}

/** The order's events in the order of its versions; other messages go back to the queue. */
async function received(sqs: SQSClient, orderId: string, count: number): Promise<OrderEvent[]> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const events = new Map<number, OrderEvent>();
  const others: string[] = [];
  const end = Date.now() + eventsWithin;
  while (events.size < count) {
    if (Date.now() > end) throw new Error(`Only ${events.size} of ${count} events came to ${queueName}`);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      const event = JSON.parse(Body) as OrderEvent;
      if (event.detail.data.order.orderId === orderId) {
        events.set(event.detail.metadata.sequence, event);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      } else if (ReceiptHandle !== undefined) {
        others.push(ReceiptHandle);
      }
    }
  }
  for (const ReceiptHandle of others) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  return [...events.values()].sort((a, b) => a.detail.metadata.sequence - b.detail.metadata.sequence);
}

async function runs(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_issuer/.well-known/openid-configuration`)).ok;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const url = values.url ?? usual;
  if (await runs(url)) {
    say(`At the system that runs at ${url}:\n`);
    await walk(url);
    return;
  }
  if (values.url !== undefined) throw new Unready(`Nothing of this project runs at ${url}.`);
  say('Nothing runs yet: starting the system for the demo.\n');
  const local = await startLocal({ notice: say });
  try {
    await walk(local.url);
    say('\nThe same for yourself: npm start -- --seed');
  } finally {
    await local.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof Unready ? 4 : 1);
});
