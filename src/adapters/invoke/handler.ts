import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { amendOrder } from '../../application/amend-order.ts';
import type { Asking, ChangeRefusal } from '../../application/change-order.ts';
import type { createOrder } from '../../application/create-order.ts';
import type { deleteOrder } from '../../application/delete-order.ts';
import type { getOrder } from '../../application/get-order.ts';
import type { listOrders } from '../../application/list-orders.ts';
import {
  type CursorRefusal,
  OrderTooLarge,
  type OrderSelection,
  UnreadableOrder,
} from '../../application/ports.ts';
import type { transitionOrder } from '../../application/transition-order.ts';
import { currentTrace } from '../config.ts';
import { inTime } from '../deadline.ts';
import { correlate } from '../observability/logger.ts';
import { type Order, TRANSITIONS, type Transition } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import { defined, inputProblems, pageOf, pointerTo } from '../order-input.ts';
import { represent } from '../order-representation.ts';
import { traceparentOfXray } from '../trace-context.ts';
import { actionOf, actions } from './actions.ts';

interface Dependencies {
  createOrder: ReturnType<typeof createOrder>;
  getOrder: ReturnType<typeof getOrder>;
  listOrders: ReturnType<typeof listOrders>;
  amendOrder: ReturnType<typeof amendOrder>;
  transitionOrder: ReturnType<typeof transitionOrder>;
  deleteOrder: ReturnType<typeof deleteOrder>;
  logger: Logger;
}

export type InvokeHandler = (event: unknown, context: Context) => Promise<unknown>;

const answer = <T>(
  result: Result<T, ChangeRefusal | CursorRefusal>,
  say: (value: T) => unknown,
  within = '',
): unknown =>
  result.ok
    ? say(result.value)
    : { error: SENTENCES[result.error.code], ...refusalFields(result.error, within) };

const SENTENCES: Record<(ChangeRefusal | CursorRefusal)['code'], string> = {
  'order-not-found': 'Order not found',
  'order-exists': 'Another order has this id',
  'order-invalid': 'The order is not valid',
  'transition-forbidden': 'The order cannot change in this way now',
  'version-stale': 'The order has changed',
  'cursor-invalid': 'The cursor is not valid here',
  'cursor-expired': 'The cursor is too old: start again without one',
};

const refusalFields = (refusal: ChangeRefusal | CursorRefusal, within: string) =>
  refusal.code === 'order-invalid'
    ? {
        code: refusal.code,
        errors: refusal.problems.map(({ field, ...problem }) => ({
          pointer: `${within}/${field}`,
          ...problem,
        })),
      }
    : refusal;

const transitionTo = (status: Order['status']): Transition | undefined =>
  (Object.keys(TRANSITIONS) as Transition[]).find((name) => TRANSITIONS[name].to === status);

/** IAM decides who may invoke; here everybody has the rights of staff. */
export const invokeHandler = (use: Dependencies): InvokeHandler => {
  const run = {
    create: async ({ item }: z.infer<typeof actions.create>, { by }: Asking) => {
      const { customerId, orderId, ...content } = item;
      const created = await use.createOrder({ customerId, orderId, ...defined(content) }, by);
      return answer(created, () => ({ message: 'Order created' }), '/item');
    },
    read: async ({ customerId, orderId }: z.infer<typeof actions.read>) =>
      answer(await use.getOrder({ customerId, orderId }, true), represent),
    update: async (action: z.infer<typeof actions.update>, asking: Asking) => {
      const { customerId, orderId, status, changes, trackingNumber } = action;
      const key = { customerId, orderId };
      const name = status && transitionTo(status);
      const changed = name
        ? await use.transitionOrder(key, name, asking, trackingNumber)
        : await use.amendOrder(key, defined(changes ?? {}), asking);
      return answer(changed, represent, '/changes');
    },
    delete: async ({ customerId, orderId }: z.infer<typeof actions.delete>, asking: Asking) =>
      answer(await use.deleteOrder({ customerId, orderId }, 'staff', asking), () => ({
        message: 'Order deleted',
      })),
    list: async ({ customerId, status, ...paging }: z.infer<typeof actions.list>) => {
      const selection = (
        customerId === undefined
          ? { by: 'status', status }
          : { by: 'customer', customerId, ...defined({ status }) }
      ) as OrderSelection;
      return answer(await use.listOrders(selection, pageOf(paging)), ({ orders, mayLag, next }) => ({
        items: orders.map(represent),
        mayLag,
        ...(next !== undefined && { next }),
      }));
    },
  };

  return async (event, context) => {
    use.logger.addContext(context);
    const traceparent = traceparentOfXray(currentTrace());
    correlate(use.logger, { correlationId: context.awsRequestId, traceparent });
    const action = actionOf(event);
    if (!action) return { error: 'Invalid action' };
    const parsed = actions[action].safeParse(event);
    if (!parsed.success) {
      const errors = inputProblems(parsed.error).map(({ path, ...problem }) => ({
        pointer: pointerTo(path),
        ...problem,
      }));
      return { error: 'The action is not valid', code: 'action-invalid', errors };
    }
    const { reason, version } = parsed.data as { reason?: string; version?: number };
    const by = { actor: 'invoke', correlationId: context.awsRequestId, ...defined({ reason, traceparent }) };
    const asking = { by, ...(version !== undefined && { ifVersions: [version] }) };
    const perform = run[action] as (data: unknown, asking: Asking) => Promise<unknown>;
    try {
      const answered = await inTime(context, () => perform(parsed.data, asking));
      use.logger.info('invoke', { action });
      return answered;
    } catch (error) {
      use.logger.error('invoke failed', error as Error);
      if (error instanceof UnreadableOrder) return { error: error.message, code: 'order-unreadable' };
      if (error instanceof OrderTooLarge) return { error: error.message, code: 'order-too-large' };
      // To Lambda this is a failure, which counts as one, and is tried again where nobody waits for the answer.
      throw error;
    }
  };
};
