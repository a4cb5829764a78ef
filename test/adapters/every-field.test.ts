import { order as contract } from '../../packages/order-events/src/contract/order.ts';
import { toPublished } from '../../src/adapters/eventbridge/published-event.ts';
import { contentFields } from '../../src/adapters/order-input.ts';
import { represent } from '../../src/adapters/order-representation.ts';
import { contentHash } from '../../src/application/create-order.ts';
import type { Ids } from '../../src/application/ports.ts';
import type { PendingOrder } from '../../src/domain/order.ts';
import { whole } from '../support/orders.ts';

/** What only we need to know of an order; `change` is told as `updatedAt`, and in the metadata. */
const OURS = ['firstVersion', 'createHash', 'change'];
const told = Object.keys(whole).filter((field) => !OURS.includes(field));

describe('given an order with every field that there is', () => {
  test('then callers see each but those that are ours', () => {
    const seen = Object.keys(represent(whole));
    expect(seen.sort()).toEqual([...told, 'updatedAt', 'allowedTransitions'].sort());
  });

  test('then subscribers are told each but those that are ours, as the contract has it', () => {
    const event = {
      type: 'OrderShipped',
      sequence: 3,
      order: whole,
      previous: {},
      change: whole.change,
    } as const;
    const published = Object.keys(toPublished(event).data.order).sort();
    expect(published).toEqual([...told, 'updatedAt'].sort());
    expect(published).toEqual(Object.keys(contract.shape).sort());
  });

  test.each(Object.keys(contentFields))(
    'when a creation says another %s, then it is no repetition',
    (field) => {
      const ids = { fingerprint: (content: unknown) => JSON.stringify(content) } as Ids;
      const pending = { ...whole, status: 'PENDING' } as PendingOrder;
      expect(contentHash(ids, { ...pending, [field]: 'another' })).not.toBe(contentHash(ids, pending));
    },
  );
});
