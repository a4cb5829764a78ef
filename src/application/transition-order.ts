import type { Order, OrderKey, Transition } from '../domain/order.ts';
import { transition } from '../domain/order-decisions.ts';
import { ok, type Result } from '../domain/result.ts';
import {
  type Asking,
  type ChangeDependencies,
  changeOrder,
  type ChangeRefusal,
  onLive,
} from './change-order.ts';

/** Confirms, ships, delivers or cancels the order. */
export const transitionOrder =
  (dependencies: ChangeDependencies) =>
  async (
    key: OrderKey,
    name: Transition,
    asking: Asking,
    trackingNumber?: string,
  ): Promise<Result<Order, ChangeRefusal>> => {
    const changed = await changeOrder(
      dependencies,
      key,
      asking,
      [name, asking.by.reason, trackingNumber],
      onLive((order, change) => transition(order, name, change, trackingNumber)),
    );
    return changed.ok ? ok(changed.value.order) : changed;
  };
