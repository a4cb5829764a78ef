import {
  ClaimLostError,
  type Gap,
  inMemoryStore,
  InvalidOrderEventError,
  OrderBusyError,
  orderedConsumer,
  type OrderedConsumerOptions,
  type PositionStore,
} from 'order-events/consumer';
import { makeOrderCreated, makeOrderLife } from 'order-events/testing';
import type { OrderEventEnvelope } from 'order-events';

const [created, confirmed, shipped, delivered] = makeOrderLife() as [
  OrderEventEnvelope,
  OrderEventEnvelope,
  OrderEventEnvelope,
  OrderEventEnvelope,
];

const consumer = (options: Partial<OrderedConsumerOptions> = {}) => {
  const handled: number[] = [];
  const gaps: Gap[] = [];
  const { handle } = orderedConsumer({
    store: inMemoryStore(),
    onEvent: ({ detail }) => void handled.push(detail.metadata.sequence),
    onGap: (gap) => void gaps.push(gap),
    waitMs: 0,
    ...options,
  });
  return { handle, handled, gaps };
};
const gapOf = (after: number | undefined, before: number) => ({
  customerId: 'C101',
  orderId: 'O5001',
  createdAt: created.detail.data.order.createdAt,
  after,
  before,
});
/** Resolves when it is told to. */
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

describe('what comes in order', () => {
  it('given the events of an order, then each has its effect, and nothing is missed', async () => {
    const { handle, handled, gaps } = consumer();
    for (const event of [created, confirmed, shipped, delivered]) expect(await handle(event)).toBe('handled');
    expect(handled).toEqual([1, 2, 3, 4]);
    expect(gaps).toEqual([]);
  });

  it('given events of two orders, one of another customer with the same id, then they go their own ways', async () => {
    const { handle, handled } = consumer();
    await handle(created);
    expect(await handle(makeOrderCreated({ order: { customerId: 'C102' } }))).toBe('handled');
    expect(await handle(makeOrderCreated({ order: { orderId: 'O5002' } }))).toBe('handled');
    expect(handled).toEqual([1, 1, 1]);
  });
});

describe('what comes again', () => {
  it('given the same event under another envelope, then it is a duplicate, and has no effect', async () => {
    const { handle, handled } = consumer();
    await handle(created);
    expect(await handle({ ...created, id: 'another', 'replay-name': 'r' })).toBe('duplicate');
    expect(handled).toEqual([1]);
  });

  it('given an event behind the last, then it is stale, and has no effect', async () => {
    const { handle, handled } = consumer();
    await handle(created);
    await handle(confirmed);
    expect(await handle(created)).toBe('stale');
    expect(handled).toEqual([1, 2]);
  });
});

describe('what is missing', () => {
  it('given an event beyond the next, then the gap is reported before its effect', async () => {
    const told: string[] = [];
    const { handle } = consumer({
      onGap: ({ after, before }) => void told.push(`gap ${String(after)} to ${before}`),
      onEvent: ({ detail }) => void told.push(`event ${detail.metadata.sequence}`),
    });
    await handle(created);
    await handle(delivered);
    expect(told).toEqual(['event 1', 'gap 1 to 4', 'event 4']);
    expect(await handle(shipped)).toBe('stale');
  });

  it('given an order that the consumer never heard of, then what was before is unknown', async () => {
    const { handle, gaps } = consumer();
    await handle(shipped);
    expect(gaps).toEqual([gapOf(undefined, 3)]);
  });

  it('given an onGap that throws, then the event waits for those before it', async () => {
    const waiting = new Error('not yet');
    const { handle, handled } = consumer({
      onGap: () => {
        throw waiting;
      },
    });
    await handle(created);
    await expect(handle(shipped)).rejects.toBe(waiting);
    await handle(confirmed);
    expect(await handle(shipped)).toBe('handled');
    expect(handled).toEqual([1, 2, 3]);
  });
});

describe('an id that is used again', () => {
  const later = '2026-12-01T10:00:00.000Z';
  const anew = (version: number) => makeOrderCreated({ order: { createdAt: later, version } });

  it('given an order created over a deleted one, then it goes on, and the older life is stale', async () => {
    const { handle, handled, gaps } = consumer();
    const [, deleted] = makeOrderLife(['OrderDeleted']) as [OrderEventEnvelope, OrderEventEnvelope];
    await handle(created);
    await handle(deleted);
    expect(await handle(anew(3))).toBe('handled');
    expect(await handle(deleted)).toBe('stale');
    expect(handled).toEqual([1, 2, 3]);
    expect(gaps).toEqual([]);
  });

  it('given a deletion that did not come, then the new life shows the gap', async () => {
    const { handle, gaps } = consumer();
    await handle(created);
    await handle(anew(3));
    expect(gaps).toEqual([{ ...gapOf(1, 3), createdAt: later }]);
  });

  it('given a count that began anew, as after the last trace has expired, then there is no gap', async () => {
    const { handle, gaps } = consumer();
    for (const event of [created, confirmed, shipped]) await handle(event);
    expect(await handle(anew(1))).toBe('handled');
    expect(gaps).toEqual([]);
  });
});

describe('an effect that fails', () => {
  it('given an onEvent that throws, then the error comes out, and the event can come again at once', async () => {
    let works = false;
    const { handle } = consumer({
      onEvent: () => {
        if (!works) throw new Error('down');
      },
    });
    await expect(handle(created)).rejects.toThrow('down');
    works = true;
    expect(await handle(created)).toBe('handled');
  });

  it('given a store that cannot be reached for the mark, then the effect is repeated when the claim is over', async () => {
    let now = 0;
    const store = inMemoryStore({ now: () => now });
    const unmarking: PositionStore = { ...store, advance: () => Promise.reject(new Error('no store')) };
    const effects: string[] = [];
    const options = {
      onEvent: ({ id }: OrderEventEnvelope) => void effects.push(id),
      claimMs: 100,
      waitMs: 0,
    };
    await expect(orderedConsumer({ ...options, store: unmarking }).handle(created)).rejects.toThrow(
      'no store',
    );
    const { handle } = orderedConsumer({ ...options, store });
    await expect(handle(created)).rejects.toBeInstanceOf(OrderBusyError);
    now = 100;
    expect(await handle(created)).toBe('handled');
    expect(effects).toEqual([created.id, created.id]);
  });

  it('given a store that cannot take the claim back, then the error of the effect comes out all the same', async () => {
    const store: PositionStore = { ...inMemoryStore(), release: () => Promise.reject(new Error('no store')) };
    const { handle } = consumer({ store, onEvent: () => Promise.reject(new Error('down')) });
    await expect(handle(created)).rejects.toThrow('down');
  });
});

describe('two consumers of one store', () => {
  it('given an event of an order that is being handled, then it must come again', async () => {
    const store = inMemoryStore();
    const { open, opened } = gate();
    const slow = consumer({ store, onEvent: () => opened });
    const other = consumer({ store });
    const first = slow.handle(created);
    await expect(other.handle(confirmed)).rejects.toBeInstanceOf(OrderBusyError);
    open();
    expect(await first).toBe('handled');
    expect(await other.handle(confirmed)).toBe('handled');
    expect(other.gaps).toEqual([]);
  });

  it('given an effect that is soon over, then the other waits for it', async () => {
    const store = inMemoryStore();
    const { open, opened } = gate();
    const slow = consumer({ store, onEvent: () => opened });
    const other = consumer({ store, waitMs: 60_000 });
    const [first, second] = [slow.handle(created), other.handle(confirmed)];
    setImmediate(open);
    expect(await Promise.all([first, second])).toEqual(['handled', 'handled']);
  });

  it('given an effect that outlives its claim, then who was overtaken says so', async () => {
    let now = 0;
    const store = inMemoryStore({ now: () => now });
    const { open, opened } = gate();
    const slow = consumer({ store, onEvent: () => opened, claimMs: 100 });
    const other = consumer({ store });
    const first = slow.handle(created);
    now = 100;
    expect(await other.handle(confirmed)).toBe('handled');
    open();
    await expect(first).rejects.toThrow(ClaimLostError);
    expect(await slow.handle(created)).toBe('stale');
  });
});

test.each([
  ['no event', undefined, 'customerId'],
  ['an event without a sequence', { detail: { data: created.detail.data } }, 'sequence'],
  [
    'another event',
    { 'detail-type': 'EC2 Instance State-change', detail: { state: 'running' } },
    'createdAt',
  ],
])('given %s, then it is refused with what is missing', async (_, event, missing) => {
  const refused = consumer().handle(event as never);
  await expect(refused).rejects.toBeInstanceOf(InvalidOrderEventError);
  await expect(refused).rejects.toThrow(missing);
});

test('given an event of a later release, then it is handled as the others', async () => {
  const { handle, handled } = consumer();
  await handle(created);
  const returned = { ...confirmed, 'detail-type': 'OrderReturned' } as unknown as OrderEventEnvelope;
  expect(await handle(returned)).toBe('handled');
  expect(handled).toEqual([1, 2]);
});
