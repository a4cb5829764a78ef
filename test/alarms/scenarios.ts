import { GetQueueUrlCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { World } from './world.ts';

export interface Scenario {
  /** What goes wrong. */
  given: string;
  /** The alarms that rise of it, and clear when it is mended. */
  raises: readonly string[];
  /** Ends when all of them were raised, or nothing more is done. */
  breaks: (world: World) => Promise<void>;
  /** What is done about it; the minutes that it takes to clear are not its own. */
  mends: (world: World) => Promise<void>;
}

const RULES = ['orders-audit', 'orders-history', 'order-notifications'];
const READER = 'orders-stream-reader';
const ofReader = { FunctionName: READER };
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** So many minutes with the same in each. */
const minutes = async (world: World, count: number, each: (minute: number) => Promise<unknown>) => {
  world.pass();
  for (let minute = 0; minute < count; minute += 1) {
    await each(minute);
    world.pass();
  }
};

/** Waits until the sum of a metric has grown by so much since it was made. */
const growing = (world: World, namespace: string, name: string, dimensions: Record<string, string>) => {
  const sum = () => world.count(namespace, name, dimensions);
  const before = sum();
  return (by = 1) => world.until(() => sum() >= before + by, `${name} grows by ${by}`);
};

const invokeCrudHandler = (world: World) =>
  world.local.functions.invoke('orders-crud-handler', {
    action: 'read',
    item: { customerId: 'C101', orderId: 'none' },
  });

/** In the order of their times: each goes on where the one before it ended. */
export const SCENARIOS: readonly Scenario[] = [
  {
    given: 'targets that refuse events, and dead-letter queues that do not take them all',
    raises: RULES.flatMap((rule) =>
      ['undeliverable', 'failed-invocations', 'dead-letters', 'dead-letters-old'].map(
        (kind) => `${rule}-${kind}`,
      ),
    ),
    breaks: async (world) => {
      const { faults } = world;
      faults.refuse();
      faults.lose();
      await world.put('lost');
      await world.put('gap');
      await world.local.drain();
      faults.off();
      await world.amend('gap', 200);
      await world.local.drain();
      faults.refuse();
      await world.put('refused');
      await world.local.drain();
      world.pass();
      world.pass('16m');
    },
    mends: async (world) => {
      world.faults.off();
      for (const rule of ['orders-history', 'order-notifications']) {
        const { code, err } = await world.command('dlq', 'redrive', `${rule}-dlq`, '--yes');
        if (code !== 0) throw new Error(err);
      }
      // A log group is sent nothing but by its rule: it gets a replay, and the letters go.
      await world.command(
        'events',
        'replay',
        '--rule',
        'orders-audit',
        '--from',
        '1h',
        '--to',
        'now',
        '--yes',
      );
      const { QueueUrl } = await world.client.sqs.send(
        new GetQueueUrlCommand({ QueueName: 'orders-audit-dlq' }),
      );
      await world.client.sqs.send(new PurgeQueueCommand({ QueueUrl }));
      await world.local.drain();
    },
  },
  {
    given: 'a stream reader that dies, for minutes and then for hours, and lines that the history has lost',
    raises: [
      'orders-iterator-age',
      'orders-stream-failing',
      'orders-publishing-stalled',
      'orders-lag-last-hour',
      'orders-lag-last-minutes',
      'orders-publish-lag',
      'orders-lag-last-six-hours',
      'orders-customers-affected',
      'orders-records-given-up',
      'orders-records-dropped',
      'orders-events-reemitted',
      'orders-event-gaps',
    ],
    breaks: async (world) => {
      world.faults.crash(1, READER);
      await minutes(world, 6, async (minute) => {
        const failed = growing(world, 'AWS/Lambda', 'Errors', ofReader);
        await (minute === 0 ? world.put('stalled') : world.amend('stalled', 100 + minute));
        await failed();
      });
      // What is published now is late.
      world.faults.off();
      const published = growing(world, 'Orders', 'EventsPublished', { service: 'orders' });
      world.pass();
      await published(6);
      world.pass();
      // What is not published in six hours is given up: half of it is kept in the failure bucket.
      world.faults.crash(1, READER);
      world.faults.lose(0.5, READER);
      const failed = growing(world, 'AWS/Lambda', 'Errors', ofReader);
      for (const orderId of numbered('given-up', 6)) await world.put(orderId);
      await failed(6);
      // An hour after that the reconciler looks for what it meant.
      const found = growing(world, 'Orders', 'OrdersWithGaps', { service: 'orders' });
      world.pass('7h');
      await world.local.drain();
      await found();
      world.pass();
    },
    mends: async (world) => {
      world.faults.off();
      await world.put('in-time');
      await world.local.drain();
    },
  },
  {
    // Behind the one with the reconciler, whose round, once a day, would come too early after these minutes.
    given: 'a history that dies, is tried again late, and whose queue does not take what Lambda gives up',
    raises: ['orders-history-events-waiting', 'orders-history-events-lost'],
    breaks: async (world) => {
      const [dead, lost] = ['Errors', 'DestinationDeliveryFailures'].map((name) =>
        growing(world, 'AWS/Lambda', name, { FunctionName: 'orders-history' }),
      );
      world.faults.crash(1, 'orders-history');
      world.faults.lose(1, 'orders-history');
      await world.put('unrecorded');
      for (const [tries, pause] of [
        [1, '20m'],
        [2, '20m'],
      ] as const) {
        await dead?.(tries);
        world.pass(pause);
      }
      await lost?.();
      world.pass();
    },
    mends: async (world) => {
      world.faults.off();
      const since = ['--from', '2h', '--to', 'now'];
      await world.command('events', 'replay', '--rule', 'orders-history', ...since, '--yes');
      await world.local.drain();
    },
  },
  {
    given: 'throttles of the table and its indexes',
    raises: ['orders-api-errors', 'orders-table-throttled', 'orders-customers-affected'],
    breaks: (world) => {
      world.faults.throttle(1, 'orders-api');
      return minutes(world, 3, (minute) =>
        Promise.all([
          ...numbered(`throttled-${minute}`, 6).map((orderId) => world.put(orderId)),
          world.get('in-time'),
        ]),
      );
    },
    mends: async (world) => {
      world.faults.off();
      await world.put('not-throttled');
    },
  },
  {
    given: 'calls of the table that are answered seconds late',
    raises: ['orders-api-latency', 'orders-customers-affected'],
    breaks: (world) => {
      world.faults.delay(1, 'orders-api');
      return minutes(world, 3, async () => {
        const { struck } = world.faults.state().delay;
        const answered = world.get('in-time');
        await world.until(() => world.faults.state().delay.struck > struck, 'the call is held up');
        world.pass('2s');
        await answered;
      });
    },
    mends: async (world) => {
      world.faults.off();
      await world.get('in-time');
    },
  },
  {
    given: 'a function for direct invocation that dies',
    raises: ['orders-invoke-errors', 'orders-customers-affected'],
    breaks: (world) => {
      world.faults.crash(1, 'orders-crud-handler');
      return minutes(world, 2, () => invokeCrudHandler(world));
    },
    mends: async (world) => {
      world.faults.off();
      await invokeCrudHandler(world);
    },
  },
  {
    given: 'copies of the API that do not live long',
    raises: ['orders-cold-starts', 'orders-api-errors', 'orders-customers-affected'],
    breaks: (world) => {
      const starts = () =>
        world.count('Orders', 'ColdStart', { service: 'orders', function_name: 'orders-api' });
      const calls = () => world.count('AWS/Lambda', 'Invocations', { FunctionName: 'orders-api' });
      const atOnce = () => Promise.all(numbered('at once', 3).map(() => world.get('in-time')));
      return minutes(world, 3, async () => {
        const before = { starts: starts(), calls: calls() };
        for (let n = 0; n < 21; n += 1) await world.get('in-time');
        await world.until(async () => {
          world.faults.crash(1, 'orders-api');
          await atOnce();
          world.faults.off();
          await atOnce();
          return starts() - before.starts > (calls() - before.calls) / 10;
        }, 'over a tenth of the calls of the minute meet a cold start');
      });
    },
    mends: async (world) => {
      world.faults.off();
      await world.get('in-time');
    },
  },
  {
    given: 'a client that sends other orders under ids that are taken',
    raises: ['orders-conditional-failures'],
    breaks: (world) =>
      minutes(world, 3, () => Promise.all(numbered('again', 12).map(() => world.put('in-time', 999)))),
    mends: () => Promise.resolve(),
  },
  {
    given: 'an order that was changed by hand',
    raises: ['orders-records-parked'],
    breaks: async (world) => {
      await world.client.documents.send(
        new UpdateCommand({
          TableName: 'Orders',
          Key: { customerId: 'C101', orderId: 'in-time' },
          UpdateExpression: 'SET amount = :amount',
          ExpressionAttributeValues: { ':amount': 1 },
        }),
      );
      await world.local.drain();
      world.pass();
    },
    mends: () => Promise.resolve(),
  },
  {
    given: 'a reconciler whose calls are throttled',
    raises: ['orders-reconciler-errors'],
    breaks: async (world) => {
      world.faults.throttle(1, 'orders-reconciler');
      await world.local.functions.invoke('orders-reconciler', { action: 'round' });
      world.pass();
    },
    mends: async (world) => {
      world.faults.off();
      await world.local.functions.invoke('orders-reconciler', { action: 'round' });
    },
  },
];

/** What no alarm watches, but a graph shows: the ordinary way of orders, and what can meet it. */
export const ordinaryTraffic = async (world: World): Promise<void> => {
  await world.put('walked');
  await world.put('called-off');
  const steps = ['walked confirm', 'walked ship', 'walked deliver', 'called-off cancel'];
  for (const [orderId = '', command = ''] of steps.map((step) => step.split(' '))) {
    const { status } = await world.move(orderId, command);
    if (status !== 200) throw new Error(`${command} was answered ${status}`);
  }
  await world.createOnce('key-0001');
  await fetch(`${world.local.url}/openapi.json`);
  await world.client.request('GET', '/orders?status=PENDING', { bearer: world.staff });
  world.faults.conflict(0.5, 'orders-api');
  for (const key of numbered('key-conflict', 4)) await world.createOnce(key);
  world.faults.off();
  await world.local.drain();
};
