import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AwsCall } from '../../../local/aws/service.ts';
import { createBusState } from '../../../local/bus/state.ts';
import { createEventIndex } from '../../../local/console/event-index.ts';
import { createLogGroups } from '../../../local/logs.ts';
import { createMetrics } from '../../../local/metrics/store.ts';
import type { HttpRequest } from '../../../local/http.ts';
import type { Stack } from '../../../local/parts.ts';
import { tapService } from '../../../local/trace/calls.ts';
import { tapQueues } from '../../../local/trace/taps.ts';
import { createTrace, TRACE_BOUNDS } from '../../../local/trace/trace.ts';

jest.setTimeout(300_000);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heap = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** Of what is filled here, in docs/console.md: events, archive, trace, two log groups. */
const stated =
  (32 + 32 + 2 * 8) * 1e6 + Object.values(TRACE_BOUNDS).reduce((sum, { maxBytes }) => sum + maxBytes, 0);
const answered = { status: 200, body: '{"Entries":[{"EventId":"1"}]}' };
const perHour = 2_500;
const hourMs = 3_600_000;

const publishing = (Detail: string): AwsCall => ({
  service: 'events',
  operation: 'PutEvents',
  caller: { kind: 'function', functionName: 'orders-stream-reader' },
  request: {
    body: Buffer.from(JSON.stringify({ Entries: [{ EventBusName: 'orders', Detail }] })),
  } as HttpRequest,
});

/** Everything that the runtime keeps for whoever looks, fed as its parts feed it. */
const openBuffers = () => {
  const clock = { now: () => now };
  let now = Date.UTC(2026, 10, 22);
  let orders = 0;
  const state = createBusState({ archives: [{ name: 'archive' }], onPending: () => undefined });
  const index = createEventIndex({ recent: () => state.recent.items(), total: () => state.recent.total() });
  const trace = createTrace(clock);
  const journal = { register: () => undefined };
  const logs = createLogGroups({ clock: clock as never, journal });
  const metrics = createMetrics({ clock: clock as never, warn: () => undefined });
  const measured = ['Latency', 'Count', 'Lag'].map((name) => metrics.measure('Orders', name, {}));
  const empty: Partial<Stack> = { ofType: () => [] };
  const aws = tapService({ name: 'events', answer: () => Promise.resolve(answered) } as never, {
    trace,
    stack: empty as Stack,
    clock: clock as never,
  });
  const queues = tapQueues(
    {
      take: (_: string, { body }: { body: string }) => Promise.resolve([{ id: randomUUID(), body }]),
    } as never,
    trace,
    clock as never,
  );

  /** One order from its request to a subscriber, with the lines of it. */
  const order = async () => {
    orders += 1;
    now += hourMs / perHour;
    const id = `00000000-0000-4000-8000-${String(orders).padStart(12, '0')}`;
    const timed = { at: now, ms: 12.5 };
    const metadata = { eventId: id, correlationId: id, sequence: 1 };
    const data = {
      order: { customerId: 'C101', orderId: `O${orders}`, amount: orders, note: id.repeat(10) },
    };
    const envelope = {
      version: '0',
      id,
      'detail-type': 'OrderCreated',
      source: 'others',
      detail: { metadata, data },
    };
    const json = JSON.stringify(envelope);
    const delivery = { id: `${id}/d`, rule: 'r', target: 't', attempts: 0, nextAt: now };
    state.apply({
      type: 'accepted',
      events: [
        {
          key: id,
          id,
          bus: 'orders',
          acceptedAt: now,
          json,
          hops: 0,
          archives: ['archive'],
          deliveries: [delivery],
        },
      ],
    });
    state.apply({ type: 'settled', delivery: delivery.id, state: 'delivered', attempts: 1 });
    trace.requests.push({
      ...timed,
      requestId: id,
      method: 'PUT',
      path: `/customers/C101/orders/O${orders}`,
      status: 201,
      correlationId: id,
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body: Buffer.from(JSON.stringify(data)),
      answer: JSON.stringify(data),
    });
    const ran = {
      ...timed,
      requestId: id,
      function: 'orders-api',
      outcome: 'answered',
      error: undefined,
    } as const;
    trace.invocations.push({ ...ran, cause: { kind: 'request', requestId: id, routeKey: 'PUT /orders' } });
    trace.batches.push({ ...ran, keys: [`Orders/${orders}`], failedFrom: undefined });
    const item = { table: 'Orders', key: { customerId: 'C101', orderId: `O${orders}` }, correlationId: id };
    const call = { ...timed, caller: 'orders-api', objectKey: undefined, error: undefined };
    trace.calls.push({
      ...call,
      service: 'dynamodb',
      operation: 'PutItem',
      resource: 'Orders',
      items: [item],
      entries: [],
    });
    await aws.answer(publishing(JSON.stringify(envelope.detail)));
    trace.attempts.push({
      ...timed,
      event: id,
      rule: 'r',
      target: 't',
      attempt: 1,
      outcome: 'delivered',
      error: undefined,
      nextAt: undefined,
    });
    await queues.take('q', { body: `${json} ` } as never);
    await queues.take('q', { body: `${json}  ` } as never);
    const image = { customerId: { S: 'C101' }, orderId: { S: `O${orders}` }, note: { S: id.repeat(10) } };
    trace.records.add(`Orders/${orders}`, {
      eventID: id,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: 'arn:aws:dynamodb:eu-west-1:0:table/Orders/stream/x',
      dynamodb: {
        ApproximateCreationDateTime: now / 1000,
        Keys: { customerId: { S: 'C101' }, orderId: { S: `O${orders}` } },
        NewImage: image,
        SequenceNumber: String(orders),
        SizeBytes: JSON.stringify(image).length,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    for (const group of ['/aws/lambda/orders-api', '/aws/lambda/orders-stream-reader'])
      logs.write(
        group,
        'stream',
        JSON.stringify({ level: 'INFO', message: 'request', id, orders, ...metadata }),
      );
    for (const measure of measured) measure(1);
    trace.rates.count('client', 'api', 1);
  };
  return { state, index, trace, logs, metrics, queues, aws, order };
};

describe('what the runtime keeps of a day', () => {
  it('given many times what its buffers hold, then each is within its bound, and memory grows no more', async () => {
    const before = heap();
    const buffers = openBuffers();
    const hours = async (count: number) => {
      for (let order = 0; order < count * perHour; order += 1) {
        await buffers.order();
        // As a page that is open asks for them.
        if (order % 1_000 === 0) expect(buffers.index.heads().length).toBeLessThanOrEqual(10_000);
      }
      return heap();
    };
    const full = await hours(16);
    const atTheEnd = await hours(8);
    const { state, index, trace, logs, metrics } = buffers;

    const all = 24 * perHour;
    expect([state.recent.total(), state.recent.items().length, index.heads().length]).toEqual([
      all,
      10_000,
      10_000,
    ]);
    expect(state.archives.get('archive')?.items().length).toBe(20_000);
    expect(state.pending.size).toBe(0);
    expect(logs.names().map((name) => logs.read(name).length)).toEqual([10_000, 10_000]);
    const { rates: _, lines: __, records, ...rings } = trace;
    for (const [kind, ring] of Object.entries(rings)) {
      const { maxItems } = TRACE_BOUNDS[kind as keyof typeof rings];
      expect(ring.total()).toBeGreaterThan(maxItems);
      expect(ring.items().length).toBeLessThanOrEqual(maxItems);
    }
    expect(records.size).toBeLessThanOrEqual(TRACE_BOUNDS.records.maxItems);
    expect(metrics.held()).toBeLessThanOrEqual(200_000);
    // Two hundred bytes of each of the orders of the last eight hours would be 4 MB.
    expect(atTheEnd - full).toBeLessThan(4_000_000);
    expect(atTheEnd - before).toBeLessThan(stated);
  });
});

describe('what the runtime keeps of a message', () => {
  it('is its ids, not the text that they stand in', async () => {
    const before = heap();
    const { queues, aws, trace } = openBuffers();
    const filling = 'x'.repeat(20_000);
    for (let count = 0; count < 2_000; count += 1) {
      const id = randomUUID();
      await queues.take('q', { body: `{"version":"0","id":"${id}","filling":"${filling}"}` } as never);
      await aws.answer(publishing(`{"metadata":{"eventId":"${id}"},"filling":"${filling}"}`));
    }
    expect([trace.consumers.total(), trace.calls.total()]).toEqual([2_000, 2_000]);
    // All of the texts would be 80 MB.
    expect(heap() - before).toBeLessThan(8_000_000);
  });
});
