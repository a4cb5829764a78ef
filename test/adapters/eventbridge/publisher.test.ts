import type {
  EventBridgeClient,
  PutEventsCommand,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { SCHEMA_VERSION } from 'order-events';
import { toPublished } from '../../../src/adapters/eventbridge/published-event.ts';
import { eventBridgePublisher } from '../../../src/adapters/eventbridge/publisher.ts';
import {
  entryBytes,
  MAX_ENTRIES,
  MAX_REQUEST_BYTES,
} from '../../../src/adapters/eventbridge/put-events-calls.ts';
import type { EventPublisher } from '../../../src/application/ports.ts';
import type { OrderEvent } from '../../../src/domain/order-events.ts';
import { type Change, type Order, ORDER_STATUSES, type Previous } from '../../../src/domain/order.ts';
import { change, order, whole } from '../../support/orders.ts';

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
const failed = (code: string): PutEventsResultEntry => ({ ErrorCode: code, ErrorMessage: code });

/** More than any publication here asks the time: one that goes round without end does. */
const MOST_LOOKS = 5000;

/** A bus that answers each entry with an error code or none, and a clock that only sleeping and waiting in vain move. */
const CONFIG = { eventBus: 'bus', eventSource: 'orders.service' };
const given = (answer: Answer = () => undefined, wholeCall?: (call: Sent[]) => Error | undefined) => {
  const calls: Sent[][] = [];
  const entries: PutEventsRequestEntry[] = [];
  const bytes: number[] = [];
  const attempts = new Map<string, number>();
  const sleeps: number[] = [];
  let now = 0;
  let looks = 0;
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
      return code === undefined ? { EventId: `id-${name}` } : failed(code);
    });
    return Promise.resolve({ Entries: results });
  };
  const pace = {
    now: () => {
      looks += 1;
      if (looks > MOST_LOOKS) throw new Error('it goes round without end');
      return now;
    },
    random: () => 1,
    timeout: () => new AbortController().signal,
    sleep: (ms: number) => {
      sleeps.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
  const client = { send } as unknown as EventBridgeClient;
  const publisher = eventBridgePublisher(client, CONFIG, pace);
  const publish: EventPublisher['publish'] = (events, deadline) => publisher.publish(events, deadline);
  return { publish, client, pace, calls, entries, bytes, sleeps, now: () => now };
};

/** The bytes of an event but for its note, which takes one for each character. */
const bytesWithoutNote = async () => {
  const { publish, bytes } = given();
  await publish([event('O1', 1, 'n')], 10_000);
  return (bytes[0] ?? 0) - 1;
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
    expect(result).toMatchObject([{ outcome: 'refused', code: 'EntryTooLarge' }, { outcome: 'published' }]);
    expect(calls).toEqual([[{ orderId: 'O1', sequence: 2 }]]);
  });

  it('given an entry, then it counts as EventBridge counts it: bytes, and fourteen for its time', () => {
    const entry = { Source: 'ä', DetailType: '€', Detail: '😀', EventBusName: 'bus', TraceHeader: 'Root=1' };
    expect(entryBytes(entry)).toBe(2 + 3 + 4);
    expect(entryBytes({ ...entry, Time: new Date(0) })).toBe(2 + 3 + 4 + 14);
  });

  it('given events that reach the limit to the byte, alone or together, then none does so in a call', async () => {
    const most = MAX_REQUEST_BYTES - (await bytesWithoutNote());
    const alone = given();
    const [over, below] = ['n'.repeat(most), 'n'.repeat(most - 1)];
    expect(outcomes(await alone.publish([event('O1', 1, over), event('O2', 1, below)], 10_000))).toEqual([
      'refused',
      'published',
    ]);
    const together = given();
    const half = 'n'.repeat(MAX_REQUEST_BYTES / 2 - (await bytesWithoutNote()));
    await together.publish([event('O1', 1, half), event('O2', 1, half)], 10_000);
    expect(together.calls.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('given many calls at once, then no more than four are under way', async () => {
    const { client, pace } = given();
    let [underWay, most] = [0, 0];
    const send = async (command: PutEventsCommand) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const answer = await client.send(command);
      underWay -= 1;
      return answer;
    };
    const publisher = eventBridgePublisher({ send } as unknown as EventBridgeClient, CONFIG, pace);
    const events = Array.from({ length: 100 }, (_, n) => event(`O${n}`));
    expect(outcomes(await publisher.publish(events, 10_000))).toEqual(Array(100).fill('published'));
    expect(most).toBe(4);
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
      {
        outcome: 'failed',
        code: 'EarlierEventFailed',
        detail: expect.stringContaining('InternalFailure') as string,
      },
      { outcome: 'published' },
    ]);
    expect(now()).toBeLessThanOrEqual(5000);
    expect(calls.flat()).not.toContainEqual({ orderId: 'O1', sequence: 2 });
    expect(calls.length).toBeGreaterThan(2);
  });

  it('given an entry that keeps failing in passing, then the pauses grow to two seconds, and no further', async () => {
    const { publish, sleeps } = given((_, attempt) => (attempt < 9 ? 'ThrottlingException' : undefined));
    expect(outcomes(await publish([event('O1')], 60_000))).toEqual(['published']);
    expect(sleeps).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
  });

  it('given orders that wait for different times, then each is sent as soon as its own is over', async () => {
    const { publish, calls } = given(({ orderId }, attempt) =>
      attempt < (orderId === 'slow' ? 3 : 2) ? 'ThrottlingException' : undefined,
    );
    await publish([event('slow'), event('O1', 1), event('O1', 2)], 10_000);
    expect(calls.slice(-2)).toEqual([[{ orderId: 'O1', sequence: 2 }], [{ orderId: 'slow', sequence: 1 }]]);
  });

  it.each<[string, PutEventsResultEntry[] | undefined]>([
    ['no results', undefined],
    ['fewer results than entries', []],
    ['a result that says nothing', [{}]],
  ])('given an answer with %s, then the event is not taken for published', async (_, Entries) => {
    const { pace } = given();
    const client = { send: () => Promise.resolve({ Entries }) } as unknown as EventBridgeClient;
    const publisher = eventBridgePublisher(client, CONFIG, pace);
    expect(await publisher.publish([event('O1')], 10_000)).toMatchObject([
      { outcome: 'failed', code: 'NoAnswer' },
    ]);
  });

  it('given a result with an id and an error, then the event is not taken for published', async () => {
    const { pace } = given();
    const Entries = [{ EventId: 'id', ...failed('MalformedDetail') }];
    const client = { send: () => Promise.resolve({ Entries }) } as unknown as EventBridgeClient;
    const publisher = eventBridgePublisher(client, CONFIG, pace);
    expect(outcomes(await publisher.publish([event('O1')], 10_000))).toEqual(['refused']);
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

  it.each([
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [403, false],
  ])('given a call that is answered with %i, then that it is sent again is %s', async (status, again) => {
    let failures = 1;
    const error = Object.assign(new Error('why'), { name: 'Odd', $metadata: { httpStatusCode: status } });
    const { publish } = given(undefined, () => (failures-- > 0 ? error : undefined));
    expect(await publish([event('O1')], 10_000)).toEqual([
      again ? { outcome: 'published' } : { outcome: 'failed', code: 'Odd', detail: 'Odd: why' },
    ]);
  });

  it('given calls that never come back, then each is given up at the deadline, and not before', async () => {
    let now = 0;
    let calls = 0;
    const aborted = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const send = (_: PutEventsCommand, { abortSignal }: { abortSignal: AbortSignal }) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('reset')) : aborted(abortSignal);
    };
    const timeout = (ms: number) => {
      const controller = new AbortController();
      const at = now + ms;
      setImmediate(() => {
        now = Math.max(now, at);
        controller.abort();
      });
      return controller.signal;
    };
    const sleep = (ms: number) => {
      now += ms;
      return Promise.resolve();
    };
    const pace = { now: () => now, random: () => 1, sleep, timeout };
    const publisher = eventBridgePublisher({ send } as unknown as EventBridgeClient, CONFIG, pace);
    expect(await publisher.publish([event('O1')], 5000)).toMatchObject([
      { outcome: 'failed', detail: 'Error: aborted' },
    ]);
    expect([now, calls]).toEqual([5000, 2]);
  });

  it('given the time as it is, then a failure that passes is waited for', async () => {
    const { client } = given((_, attempt) => (attempt === 1 ? 'ThrottlingException' : undefined));
    const publisher = eventBridgePublisher(client, CONFIG);
    expect(await publisher.publish([event('O1')], Date.now() + 60_000)).toEqual([{ outcome: 'published' }]);
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

const OPTIONAL = {
  order: ['items', 'note', 'trackingNumber'],
  change: ['causationId', 'traceparent', 'reason'],
} as const;
const previously = fc.record<Required<Previous>>(
  {
    status: fc.constantFrom(...ORDER_STATUSES),
    amount: fc.nat(),
    currency: fc.constant('EUR'),
    items: fc.constantFrom(null, [{ sku: 'A', quantity: 1, unitAmount: 2 }]),
    note: fc.constantFrom(null, '', 'n'),
    trackingNumber: fc.constantFrom(null, 'T'),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const without = (object: object, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));

describe('the published event', () => {
  it('whatever an order, its change and what was before have or lack, tells just that', () => {
    fc.assert(
      fc.property(
        fc.subarray([...OPTIONAL.order]),
        fc.subarray([...OPTIONAL.change]),
        previously,
        (lacks, unsaid, previous) => {
          const stored = without(whole, lacks) as unknown as Order;
          const { at, ...told } = without(whole.change, unsaid) as unknown as Change;
          const { metadata, data } = toPublished({
            type: 'OrderAmended',
            sequence: 3,
            order: stored,
            previous,
            change: { at, ...told },
          });
          const { firstVersion: _, createHash: __, change: ___, ...seen } = { firstVersion: 0, ...stored };
          expect(data).toStrictEqual({ order: { ...seen, updatedAt: at }, previous });
          expect(metadata).toStrictEqual({
            ...told,
            eventId: metadata.eventId,
            deduplicationId: metadata.eventId,
            type: 'OrderAmended',
            schemaVersion: SCHEMA_VERSION,
            occurredAt: at,
            sequence: 3,
            groupId: 'C101#O5001',
          });
        },
      ),
    );
  });

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
