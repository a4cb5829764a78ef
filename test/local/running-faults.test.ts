import type { FaultName } from '../../local/faults.ts';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';

interface Detail {
  metadata: { eventId: string; type: string; sequence: number };
  data: { order: { orderId: string } };
}

// A lane that is struck again and again waits twice as long each time.
jest.setTimeout(180_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ faultSeed: 11, warn: () => undefined });
});
afterEach(() => local.faults.off());
afterAll(() => local.close());

const put = async (orderId: string) => {
  const token = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  return fetch(`${local.url}/customers/C101/orders/${orderId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"amount": 100}',
  });
};

/** Sent again until it is there, as a client does; a PUT of the same order can be repeated. */
const putSurely = async (orderId: string): Promise<void> => {
  for (;;) {
    const { status } = await put(orderId);
    if (status === 200 || status === 201) return;
    expect(status).toBeGreaterThanOrEqual(500);
  }
};

/** Not what the scheduled rules of the other bus are given. */
const ofOrders = () =>
  local
    .events()
    .filter(({ source }) => source === 'orders.service')
    .map((event) => ({ ...event, detail: event.detail as Detail }));

const ordersOf = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** What the sample team has of these orders, duplicates included, in the order of its coming. */
const received = async (prefix: string): Promise<Detail[]> => {
  const details: Detail[] = [];
  for (;;) {
    const messages = await local.edges.queues.receive('order-notifications', { max: 10 });
    if (messages.length === 0) break;
    details.push(...messages.map(({ body }) => (JSON.parse(body) as { detail: Detail }).detail));
    for (const { receiptHandle } of messages)
      await local.edges.queues.delete('order-notifications', receiptHandle);
  }
  return details.filter(({ data }) => data.order.orderId.startsWith(`${prefix}-`));
};

/** Whatever waits for a retry is due, until all is done. */
const settle = async () => {
  await local.drain();
  while (local.deliveries().some(({ state }) => state === 'pending')) {
    local.clock.advance('15m');
    await local.drain();
  }
};

/** Each order has its one event, however often; nothing else came, and all copies are the same to the byte. */
const expectNothingLost = (details: Detail[], orders: string[]) => {
  const copies = new Map<string, Set<string>>();
  for (const detail of details) {
    const { orderId } = detail.data.order;
    copies.set(orderId, (copies.get(orderId) ?? new Set()).add(JSON.stringify(detail)));
  }
  expect([...copies.keys()].sort()).toEqual([...orders].sort());
  expect([...copies.values()].filter(({ size }) => size > 1)).toEqual([]);
};

const under = async (name: FaultName, share: number, count = 12) => {
  const orders = ordersOf(name, count);
  const before = local.faults.state()[name].struck;
  local.faults[name](share);
  await Promise.all(orders.map(putSurely));
  await settle();
  local.faults.off();
  const details = await received(name);
  expect(local.faults.state()[name].struck).toBeGreaterThan(before);
  expectNothingLost(details, orders);
  return details;
};

describe('the running system, while a fault is switched on', () => {
  test('given failing entries and deliveries, then nothing is lost, and they were tried more than once', async () => {
    await under('fail', 0.4);
    expect(local.deliveries().filter(({ attempts }) => attempts > 1)).not.toEqual([]);
  });

  test('given calls that are answered late, then nothing is lost', async () => {
    await under('delay', 0.5);
  });

  test('given duplicates, then each order has at least its one event, and the copies are the same', async () => {
    expect((await under('duplicate', 0.5)).length).toBeGreaterThan(12);
  });

  test('given reordering, then nothing is lost, and later events have passed earlier ones', async () => {
    const arrived = (await under('reorder', 0.5)).map(({ metadata }) => metadata.eventId);
    const accepted = ofOrders().map(({ detail }) => detail.metadata.eventId);
    const places = arrived.map((id) => accepted.indexOf(id));
    expect(places).not.toEqual([...places].sort((a, b) => a - b));
  });

  test('given throttling, then nothing is lost', async () => {
    await under('throttle', 0.3);
  });

  test('given functions that die, then nothing is lost', async () => {
    await under('crash', 0.2);
  });
});

describe('the clock of the running system', () => {
  test('given an advance, then functions, orders, events and their records go by it', async () => {
    local.clock.advance('7h');
    await putSurely('clock-0');
    await local.drain();
    const [event] = ofOrders().filter(({ detail }) => detail.data.order.orderId === 'clock-0');
    expect(Math.abs(local.clock.now() - Date.parse(event?.time ?? ''))).toBeLessThan(3_600_000);
    // A record that looked old would have been given up: the mapping's limit is six hours.
    expect(await received('clock')).toEqual([event?.detail]);
    const ofEvent = local.deliveries().filter((delivery) => delivery.event === event?.id);
    expect(ofEvent).toContainEqual(
      expect.objectContaining({ rule: 'order-notifications', state: 'delivered' }),
    );
  });
});
