import type { Order, OrderKey } from '../domain/order.ts';
import { restore } from '../domain/order-decisions.ts';
import { ok, type Result } from '../domain/result.ts';
import { type Asking, type ChangeDependencies, changeOrder, type ChangeRefusal } from './change-order.ts';

export const restoreOrder =
  (dependencies: ChangeDependencies) =>
  async (key: OrderKey, asking: Asking): Promise<Result<Order, ChangeRefusal>> => {
    const changed = await changeOrder(dependencies, key, asking, ['restore'], (record, change) =>
      ok(restore(record, change)),
    );
    return changed.ok ? ok(changed.value.order) : changed;
  };
