import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { toPublished } from '../../../src/adapters/eventbridge/published-event.ts';
import { recordEvent } from '../../../src/adapters/event-subscriber/record-event.ts';
import type { OrderEvent } from '../../../src/domain/order-events.ts';
import { inMemoryHistory } from '../../support/in-memory-ports.ts';
import { change, order } from '../../support/orders.ts';

const amended: OrderEvent = {
  type: 'OrderAmended',
  sequence: 2,
  order: order({ version: 2, amount: 250, note: 'n' }),
  previous: { amount: 199, note: null, items: [{ sku: 'A', quantity: 1, unitAmount: 199 }] },
  change: change({ reason: 'customer called' }),
};

const start = () => {
  const history = inMemoryHistory();
  const record = recordEvent({ history, logger: new Logger({ logLevel: 'SILENT' }) });
  const deliver = (event: unknown) => record(event, {} as Context);
  return { history, deliver, record: (detail: unknown) => deliver({ detail }) };
};

describe('the history of orders', () => {
  it('given an event as it is published, then it keeps who, when, why, and what changed from what to what', async () => {
    const { history, record } = start();
    const published = toPublished(amended);
    await record(published);
    await record(published);
    expect(history.entries).toEqual([
      {
        customerId: 'C101',
        orderId: 'O5001',
        createdAt: amended.order.createdAt,
        version: 2,
        eventId: published.metadata.eventId,
        type: 'OrderAmended',
        at: amended.change.at,
        actor: 'U1001',
        correlationId: 'corr-1',
        reason: 'customer called',
        changed: {
          amount: { from: 199, to: 250 },
          note: { from: null, to: 'n' },
          items: { from: [{ sku: 'A', quantity: 1, unitAmount: 199 }], to: null },
        },
      },
    ]);
  });

  it('7.0 #11 duplicates told by the envelope: given an event again in another envelope, then it is recorded once', async () => {
    const { history, deliver } = start();
    const detail = toPublished(amended);
    for (const id of ['first', 'second']) await deliver({ id, 'detail-type': 'OrderAmended', detail });
    expect(history.entries.map(({ eventId }) => eventId)).toEqual([detail.metadata.eventId]);
  });

  it('given fields that a later release adds, then they pass by', async () => {
    const { history, record } = start();
    const { metadata, data } = toPublished(amended);
    await record({ metadata: { ...metadata, tenant: 'x' }, data: { ...data, more: 1 } });
    expect(history.entries).toHaveLength(1);
  });

  it('given what is no event of orders, then the invocation fails, so that the event is kept', async () => {
    const { record } = start();
    await expect(record({ metadata: {}, data: {} })).rejects.toThrow();
    await expect(record(undefined)).rejects.toThrow();
  });
});
