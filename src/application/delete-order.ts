import type { OrderKey, OrderRecord } from '../domain/order.ts';
import { remove } from '../domain/order-decisions.ts';
import type { Result } from '../domain/result.ts';
import { type Asking, type ChangeDependencies, changeOrder, type ChangeRefusal } from './change-order.ts';

export const deleteOrder =
  (dependencies: ChangeDependencies) =>
  async (key: OrderKey, as: 'owner' | 'staff', asking: Asking): Promise<Result<OrderRecord, ChangeRefusal>> =>
    await changeOrder(dependencies, key, asking, ['delete', as], (record, change) =>
      remove(record, as, change),
    );
