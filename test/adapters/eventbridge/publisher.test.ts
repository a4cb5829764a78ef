import type {
  EventBridgeClient,
  PutEventsCommand,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { toPublished } from '../../../src/adapters/eventbridge/published-event.ts';
import { eventBridgePublisher } from '../../../src/adapters/eventbridge/publisher.ts';
import {
  entryBytes,
  MAX_ENTRIES,
  MAX_REQUEST_BYTES,
} from '../../../src/adapters/eventbridge/put-events-calls.ts';
import type { EventPublisher } from '../../../src/application/ports.ts';
import type { OrderEvent } from '../../../src/domain/order-events.ts';
import { change, order } from '../../support/orders.ts';

const event = (orderId: string, sequence = 1, note = ''): OrderEvent => ({
  type: sequence === 1 ? 'OrderCreated' : 'OrderAmended',
  sequence,
  order: order({ orderId, version: sequence, ...(note && { note }) }),
  previous: {},
  change: change(),
});

interface Sent {
  orderId: string;
  sequence: number;
}
const sentOf = ({ Detail = '' }: PutEventsRequestEntry): Sent => {
  const { metadata, data } = JSON.parse(Detail) as ReturnType<typeof toPublished>;
  return { orderId: data.order.orderId, sequence: metadata.sequence };
};

type Answer = (entry: Sent, attempt: number) => string | undefined;

/** A bus that answers each entry with an error code or none, and a clock that only sleeping moves. */
const given = (answer: Answer = () => undefined, wholeCall?: (call: Sent[]) => Error | undefined) => {
  const calls: Sent[][] = [];
  const entries: PutEventsRequestEntry[] = [];
  const bytes: number[] = [];
  const attempts = new Map<string, number>();
  let now = 0;
  const send = ({ input: { Entries = [] } }: PutEventsCommand) => {
    const call = Entries.map(sentOf);
    calls.push(call);
    entries.push(...Entries);
    bytes.push(Entries.reduce((sum, entry) => sum + entryBytes(entry), 0));
    const failure = wholeCall?.(call);
    if (failure) return Promise.reject(failure);
    const results = call.map((entry): PutEventsResultEntry => {
      const name = `${entry.orderId}/${entry.sequence}`;
      const attempt = (attempts.get(name) ?? 0) + 1;
      attempts.set(name, attempt);
      const code = answer(entry, attempt);
      return code === undefined ? { EventId: `id-${name}` } : { ErrorCode: code, ErrorMessage: code };
    });
    return Promise.resolve({ Entries: results });
  };
  const pace = {
    now: () => now,
    random: () => 1,
    timeout: () => new AbortController().signal,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  const client = { send } as unknown as EventBridgeClient;
  const publisher = eventBridgePublisher(client, { eventBus: 'bus', eventSource: 'orders.service' }, pace);
  const publish: EventPublisher['publish'] = (events, deadline) => publisher.publish(events, deadline);
  return { publish, calls, entries, bytes, now: () => now };
};

const outcomes = (publications: { outcome: string }[]) => publications.map(({ outcome }) => outcome);

describe('publishing to EventBridge', () => {
  it('given changes of several requests, then each event goes on in the trace of its own, or in none', async () => {
    const { publish, entries } = given();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const traced = { ...event('A'), change: change({ traceparent }) };
    await publish([traced, event('B')], 10_000);
    expect(entries.map(({ TraceHeader }) => TraceHeader)).toEqual([
      'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1',
      undefined,
    ]);
  });

  it('7.0 #2 one call for all: given more than ten events, then no call has more than ten entries, and each is published', async () => {
    const { publish, calls } = given();
    const result = await publish(
      Array.from({ length: 25 }, (_, n) => event(`O${n}`)),
      10_000,
    );
    expect(outcomes(result)).toEqual(Array(25).fill('published'));
    expect(calls.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it('7.0 #15 characters for bytes: given events near the limit in UTF-8 bytes, then each call stays below 1 MiB', async () => {
    const { publish, calls, bytes } = given();
    const big = Array.from({ length: 4 }, (_, n) => event(`O${n}`, 1, 'é'.repeat(200_000)));
    expect(outcomes(await publish(big, 10_000))).toEqual(Array(4).fill('published'));
    expect(calls.map(({ length }) => length)).toEqual([2, 2]);
    expect(Math.max(...bytes)).toBeLessThan(MAX_REQUEST_BYTES);
  });

  it('given an event over the limit, then it is refused and later events of its order go on', async () => {
    const { publish, calls } = given();
    const result = await publish([event('O1', 1, 'é'.repeat(600_000)), event('O1', 2)], 10_000);
    expect(outcomes(result)).toEqual(['refused', 'published']);
    expect(calls).toEqual([[{ orderId: 'O1', sequence: 2 }]]);
  });

  it("7.0 #7 an order's events side by side: given two events of one order, then no call carries both, and they go in order", async () => {
    const { publish, calls } = given();
    await publish([event('O1', 1), event('O1', 2), event('O2', 1), event('O1', 3)], 10_000);
    expect(calls.map((call) => call.map(({ orderId, sequence }) => `${orderId}/${sequence}`))).toEqual([
      ['O1/1', 'O2/1'],
      ['O1/2'],
      ['O1/3'],
    ]);
  });

  it('7.0 #1 results unread: given an entry that fails once in passing, then only it is sent again, and its order waits for it', async () => {
    const { publish, calls } = given(({ orderId, sequence }, attempt) =>
      orderId === 'O1' && sequence === 1 && attempt === 1 ? 'ThrottlingException' : undefined,
    );
    expect(outcomes(await publish([event('O1', 1), event('O2', 1), event('O1', 2)], 10_000))).toEqual(
      Array(3).fill('published'),
    );
    expect(calls.flat().map(({ orderId, sequence }) => `${orderId}/${sequence}`)).toEqual([
      'O1/1',
      'O2/1',
      'O1/1',
      'O1/2',
    ]);
  });

  it('7.0 #8 goes on after a failure: given an entry that keeps failing, then it gives up before the deadline, with all later ones of its order', async () => {
    const { publish, calls, now } = given(({ orderId }) =>
      orderId === 'O1' ? 'InternalFailure' : undefined,
    );
    const result = await publish([event('O1', 1), event('O1', 2), event('O2', 1)], 5000);
    expect(result).toMatchObject([
      { outcome: 'failed', code: 'InternalFailure' },
      { outcome: 'failed', code: 'EarlierEventFailed' },
      { outcome: 'published' },
    ]);
    expect(now()).toBeLessThanOrEqual(5000);
    expect(calls.flat()).not.toContainEqual({ orderId: 'O1', sequence: 2 });
    expect(calls.length).toBeGreaterThan(2);
  });

  it.each(['MalformedDetail', 'InvalidArgument'])(
    '7.0 #22 content that can never pass: given %s, then it is refused and its order goes on',
    async (code) => {
      const { publish } = given(({ sequence }) => (sequence === 1 ? code : undefined));
      expect(await publish([event('O1', 1), event('O1', 2)], 10_000)).toMatchObject([
        { outcome: 'refused', code },
        { outcome: 'published' },
      ]);
    },
  );

  it.each(['AccessDeniedException', 'NotAuthorizedForSourceException'])(
    'given %s, then it fails at once, and its order stops',
    async (code) => {
      const { publish, calls } = given(() => code);
      expect(await publish([event('O1', 1), event('O1', 2)], 10_000)).toMatchObject([
        { outcome: 'failed', code },
        { outcome: 'failed', code: 'EarlierEventFailed' },
      ]);
      expect(calls).toHaveLength(1);
    },
  );

  it('7.0 #10 another event on each attempt: given attempts far apart, then all bytes are the same', async () => {
    const { publish, entries } = given((_, attempt) => (attempt < 4 ? 'InternalFailure' : undefined));
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'], now: 0 });
    await publish([event('O1')], 10_000);
    jest.setSystemTime(86_400_000);
    await publish([event('O1')], 10_000);
    jest.useRealTimers();
    expect(entries).toHaveLength(5);
    expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(1);
    expect(entries[0]?.Time).toEqual(new Date(change().at));
  });

  it('given a call that fails as a whole in passing, then it is sent again', async () => {
    let failures = 2;
    const { publish } = given(undefined, () =>
      failures-- > 0 ? Object.assign(new Error('reset'), { name: 'ECONNRESET' }) : undefined,
    );
    expect(outcomes(await publish([event('O1'), event('O2')], 10_000))).toEqual(['published', 'published']);
  });

  it('given a call refused as a whole for one entry, then that one alone is refused', async () => {
    const bad = Object.assign(new Error('no'), {
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
    const { publish } = given(undefined, (call) =>
      call.some(({ orderId }) => orderId === 'O2') ? bad : undefined,
    );
    expect(outcomes(await publish([event('O1'), event('O2'), event('O3')], 10_000))).toEqual([
      'published',
      'refused',
      'published',
    ]);
  });

  const denied = Object.assign(new Error('not authorized'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
  });

  it('given a call that is denied as it has events of several types, then each is published alone', async () => {
    const { publish } = given(undefined, (call) => (call.length > 1 ? denied : undefined));
    const publications = await publish([event('O1'), event('O2', 2)], 10_000);
    expect(outcomes(publications)).toEqual(['published', 'published']);
  });

  it('given one whose events are all denied, then each fails, and none is tried a third time', async () => {
    const { publish, calls } = given(undefined, () => denied);
    expect(await publish([event('O1'), event('O2')], 10_000)).toMatchObject([
      { outcome: 'failed', code: 'AccessDeniedException' },
      { outcome: 'failed', code: 'AccessDeniedException' },
    ]);
    expect(calls.map((call) => call.length)).toEqual([2, 1, 1]);
  });

  it('given a deadline that is past, then nothing is sent and everything has failed', async () => {
    const { publish, calls } = given();
    expect(await publish([event('O1'), event('O1', 2)], 100)).toMatchObject([
      { outcome: 'failed', code: 'OutOfTime' },
      { outcome: 'failed' },
    ]);
    expect(calls).toEqual([]);
  });

  it('whatever fails, then first publications of an order are in order, and an answer is given for each', async () => {
    const codes = fc.constantFrom(
      undefined,
      undefined,
      'ThrottlingException',
      'MalformedDetail',
      'AccessDeniedException',
    );
    const events = fc.array(fc.nat(3), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(events, fc.array(codes, { minLength: 1, maxLength: 40 }), async (orders, script) => {
        let turn = 0;
        const counts = new Map<number, number>();
        const list = orders.map((n) => {
          counts.set(n, (counts.get(n) ?? 0) + 1);
          return event(`O${n}`, counts.get(n));
        });
        const done: Sent[] = [];
        const { publish, calls } = given((entry) => {
          const code = script[turn++ % script.length];
          if (code === undefined) done.push(entry);
          return code;
        });
        const result = await publish(list, 20_000);
        expect(result).toHaveLength(list.length);
        expect(outcomes(result).filter((outcome) => outcome === 'published')).toHaveLength(done.length);
        for (const n of counts.keys()) {
          const sequences = done.filter(({ orderId }) => orderId === `O${n}`).map(({ sequence }) => sequence);
          expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
        }
        for (const call of calls) {
          expect(call.length).toBeLessThanOrEqual(MAX_ENTRIES);
          expect(new Set(call.map(({ orderId }) => orderId)).size).toBe(call.length);
        }
      }),
    );
  });
});

describe('the published event', () => {
  it('has an id that depends on the order, its making, the version and the type, and on nothing else', () => {
    const id = (fields: Partial<OrderEvent>) => toPublished({ ...event('O1'), ...fields }).metadata.eventId;
    const same = id({});
    expect(same).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id({ change: change({ actor: 'other', at: '2027-01-01T00:00:00.000Z' }) })).toBe(same);
    const others = [
      id({ sequence: 2 }),
      id({ type: 'OrderDeleted' }),
      id({ order: order({ orderId: 'O1', customerId: 'C2' }) }),
      id({ order: order({ orderId: 'O1', createdAt: '2026-01-01T00:00:00.000Z' }) }),
    ];
    expect(new Set([same, ...others]).size).toBe(5);
  });

  it('7.0 #12 the stored form published: tells of the order what the contract names, and nothing that is only stored', () => {
    const stored = { ...order({ orderId: 'O1', note: 'n' }), secret: 'canary', createHash: 'canary' };
    const published = toPublished({ ...event('O1'), order: stored });
    expect(JSON.stringify(published)).not.toContain('canary');
    expect(published).toMatchObject({
      metadata: {
        type: 'OrderCreated',
        sequence: 1,
        groupId: 'C101#O1',
        occurredAt: change().at,
        actor: 'U1001',
      },
      data: { order: { orderId: 'O1', note: 'n', updatedAt: change().at }, previous: {} },
    });
    expect(published.metadata.deduplicationId).toBe(published.metadata.eventId);
  });
});
