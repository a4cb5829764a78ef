import type { Order, OrderKey } from '../domain/order.ts';
import { amend, type AmendOrder } from '../domain/order-decisions.ts';
import { ok, type Result } from '../domain/result.ts';
import {
  type Asking,
  type ChangeDependencies,
  changeOrder,
  type ChangeRefusal,
  onLive,
} from './change-order.ts';

export const amendOrder =
  (dependencies: ChangeDependencies) =>
  async (key: OrderKey, patch: AmendOrder, asking: Asking): Promise<Result<Order, ChangeRefusal>> => {
    const changed = await changeOrder(
      dependencies,
      key,
      asking,
      ['amend', patch],
      onLive((order, change) => amend(order, patch, change)),
    );
    return changed.ok ? ok(changed.value.order) : changed;
  };
