import { inMemoryStore, orderedConsumer, sqsHandler } from 'order-events/consumer';
import { makeOrderCreated, makeOrderLife } from 'order-events/testing';
import type { OrderEventEnvelope } from 'order-events';

const batch = (...events: (OrderEventEnvelope | string)[]) => ({
  Records: events.map((event, place) => ({
    messageId: `m${place}`,
    body: typeof event === 'string' ? event : JSON.stringify(event),
  })),
});
const nameOf = ({ detail: { metadata } }: OrderEventEnvelope) => `${metadata.groupId} ${metadata.sequence}`;

const handler = (fails: (event: OrderEventEnvelope) => boolean = () => false) => {
  const handled: string[] = [];
  const failures: [string, string][] = [];
  const consumer = orderedConsumer({
    store: inMemoryStore(),
    onEvent: (event) => {
      if (fails(event)) throw new Error('down');
      handled.push(nameOf(event));
    },
  });
  const handle = sqsHandler(consumer, {
    onFailure: (error, messageId) => failures.push([messageId, (error as Error).message]),
  });
  return { handle, handled, failures };
};
const life = makeOrderLife();
const [created, confirmed, shipped, delivered] = life as [
  OrderEventEnvelope,
  OrderEventEnvelope,
  OrderEventEnvelope,
  OrderEventEnvelope,
];
const other = makeOrderCreated({ order: { orderId: 'O5002' } });

test('given a batch out of order, with repetitions, then each event has its effect once, in its order', async () => {
  const { handle, handled } = handler();
  expect(await handle(batch(shipped, created, confirmed, created, delivered))).toEqual({
    batchItemFailures: [],
  });
  expect(handled).toEqual(life.map(nameOf));
});

test('given an event that fails, then it and the later ones of its order come again, and nothing else', async () => {
  let down = true;
  const { handle, handled, failures } = handler((event) => down && nameOf(event).endsWith(' 2'));
  const messages = batch(created, confirmed, other, shipped);
  expect(await handle(messages)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }],
  });
  expect(failures).toEqual([
    ['m1', 'down'],
    ['m3', 'An earlier event of the order failed.'],
  ]);
  expect(handled.toSorted()).toEqual([nameOf(created), nameOf(other)]);
  down = false;
  const { Records } = messages;
  expect(await handle({ Records: [Records[3]!, Records[1]!] })).toEqual({ batchItemFailures: [] });
  expect(handled.slice(2)).toEqual([nameOf(confirmed), nameOf(shipped)]);
});

test('given a message that is no event, then it alone comes again, and in the end goes to the dead-letter queue', async () => {
  const { handle, handled, failures } = handler();
  expect(await handle(batch('{', created, '{"detail":{}}'))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm2' }],
  });
  expect(handled).toEqual([nameOf(created)]);
  expect(failures[1]?.[1]).toContain('detail.metadata.sequence');
});

test('given nobody who hears of failures, then they are logged', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await sqsHandler(orderedConsumer({ store: inMemoryStore(), onEvent: () => undefined }))(batch('{'));
  expect(error).toHaveBeenCalledWith(expect.stringMatching(/^Message m0 comes again: /));
  error.mockRestore();
});
