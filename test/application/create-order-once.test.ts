import { createOrderOnce } from '../../src/application/create-order-once.ts';
import { systemIds } from '../../src/adapters/ids.ts';
import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { inMemoryKeyedOrders } from '../support/in-memory-ports.ts';

const by = { actor: 'U1', correlationId: 'c1' };
const clock = () => '2026-11-22T12:00:00.000Z';

const given = () => {
  const orders = inMemoryOrders();
  const keyedOrders = inMemoryKeyedOrders(orders);
  return {
    orders,
    createOnce: createOrderOnce({ keyedOrders, clock, ids: systemIds, defaultCurrency: 'USD' }),
  };
};

describe('createOrderOnce', () => {
  const request = { customerId: 'C101', amount: 5 };

  it('given the same request again, then it gives the first answer and makes no other order', async () => {
    const use = given();
    const first = await use.createOnce(request, 'k1', by);
    expect(first).toMatchObject({ ok: true, value: { created: true, order: { amount: 5, version: 1 } } });
    expect(
      await use.createOnce({ ...request, currency: 'USD' }, 'k1', { ...by, correlationId: 'c2' }),
    ).toEqual({
      ok: true,
      value: { created: false, order: first.ok && first.value.order },
    });
    expect(use.orders.records.size).toBe(1);
  });

  it('given another request under the key, or one that is wrong in itself, then it is refused', async () => {
    const use = given();
    await use.createOnce(request, 'k1', by);
    expect(await use.createOnce({ ...request, amount: 6 }, 'k1', by)).toEqual({
      ok: false,
      error: { code: 'idempotency-key-reused' },
    });
    expect(await use.createOnce({ customerId: 'C101' }, 'k2', by)).toMatchObject({
      error: { code: 'order-invalid' },
    });
    expect(use.orders.records.size).toBe(1);
  });

  it('given that the order under the key is the one just made, its answer being lost, then it was created', async () => {
    const createOnce = createOrderOnce({
      keyedOrders: { create: ({ order }) => Promise.resolve(order) },
      clock,
      ids: systemIds,
      defaultCurrency: 'USD',
    });
    expect(await createOnce(request, 'k1', by)).toMatchObject({ ok: true, value: { created: true } });
  });
});
