import type { Order, OrderKey } from '../domain/order.ts';
import { restore } from '../domain/order-decisions.ts';
import { ok, refused, type Result } from '../domain/result.ts';
import { type Asking, type ChangeDependencies, changeOrder, type ChangeRefusal } from './change-order.ts';

export const restoreOrder =
  (dependencies: ChangeDependencies) =>
  async (key: OrderKey, asking: Asking): Promise<Result<Order, ChangeRefusal>> => {
    const changed = await changeOrder(dependencies, key, asking, ['restore'], (record, change) =>
      ok(restore(record, change)),
    );
    if (!changed.ok) return changed;
    // Restored by this very request before, and deleted again since.
    return changed.value.deleted ? refused({ code: 'order-not-found' }) : ok(changed.value.order);
  };
