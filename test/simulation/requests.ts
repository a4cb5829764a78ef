import { systemIds } from '../../src/adapters/ids.ts';
import { amendOrder } from '../../src/application/amend-order.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { deleteOrder } from '../../src/application/delete-order.ts';
import { getOrder } from '../../src/application/get-order.ts';
import type { OrderRepository } from '../../src/application/ports.ts';
import { restoreOrder } from '../../src/application/restore-order.ts';
import { transitionOrder } from '../../src/application/transition-order.ts';
import type { Order, OrderKey } from '../../src/domain/order.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Chance } from './chance.ts';
import type { Action, Answered, History } from './history.ts';
import { type Process, startProcess } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Seen extends Pick<Order, 'version' | 'status'> {
  deleted: boolean;
}

export interface Requests {
  /** One request of a client, who tries again when no answer or an error comes. */
  make: (key: OrderKey, action: Action) => Promise<void>;
  /** What some client saw of the order last. */
  seen: (key: OrderKey) => Seen | undefined;
  /** The API's clock jumps. */
  jump: (ms: number) => void;
}

const ANSWER_MS = 30_000;
const TRIES = 3;

type Answer = Result<Order | undefined, { code: string }>;

/** Calls the use cases as the API does, each call in a process of its own that may die. */
export const requests = (
  time: VirtualTime,
  chance: Chance,
  history: History,
  ordersFor: (from: Process) => OrderRepository,
): Requests => {
  const last = new Map<string, Seen>();
  let attempts = 0;
  let skew = 0;
  const clock = (): string => new Date(time.now() + skew).toISOString();
  const ids = { ...systemIds, newOrderId: () => `O${attempts}` };

  const call = async (
    orders: OrderRepository,
    key: OrderKey,
    action: Action,
    attempt: string,
  ): Promise<Answer> => {
    const by = { actor: 'U1001', correlationId: attempt };
    const asking = {
      by,
      ...('ifVersion' in action && action.ifVersion !== undefined && { ifVersions: [action.ifVersion] }),
    };
    switch (action.does) {
      case 'create': {
        const { amount, note } = action;
        const request = { ...key, amount, ...(note !== undefined && { note }) };
        const made = await createOrder({ orders, clock, ids, defaultCurrency: 'USD' })(request, by);
        return made.ok ? { ok: true, value: made.value.order } : made;
      }
      case 'amend':
        return await amendOrder({ orders, clock, ids })(key, action.patch, asking);
      case 'delete': {
        const gone = await deleteOrder({ orders, clock, ids })(key, 'staff', asking);
        return gone.ok ? { ok: true, value: gone.value.order } : gone;
      }
      case 'restore':
        return await restoreOrder({ orders, clock, ids })(key, asking);
      case 'read':
        return await getOrder({ orders })(key, true);
      default:
        return await transitionOrder({ orders, clock, ids })(key, action.does, asking, action.trackingNumber);
    }
  };

  const outcomeOf = (answer: Answer): Pick<Answered, 'outcome' | 'code' | 'version' | 'changedBy'> =>
    answer.ok
      ? {
          outcome: 'done',
          ...(answer.value && {
            version: answer.value.version,
            changedBy: answer.value.change.correlationId,
          }),
        }
      : { outcome: 'refused', code: answer.error.code };

  const attemptOnce = (key: OrderKey, action: Action): Promise<Answered['outcome']> =>
    new Promise((resolve) => {
      attempts += 1;
      const attempt = `request-${attempts}`;
      const id = `${key.customerId}#${key.orderId}`;
      const process = startProcess();
      history.add({ is: 'asked', at: time.now(), attempt, key: id, action });
      let answered = false;
      const answer = (what: Pick<Answered, 'outcome' | 'code' | 'version' | 'changedBy'>): void => {
        if (answered) return;
        answered = true;
        timer.cancel();
        history.add({ is: 'answered', at: time.now(), attempt, ...what });
        resolve(what.outcome);
      };
      const unknown = (error: unknown): void =>
        answer({ outcome: 'unknown', code: error instanceof Error ? error.name : 'no answer' });
      const timer = time.after(ANSWER_MS, () => unknown(undefined));
      process.onEnd(() => unknown(undefined));
      call(ordersFor(process), key, action, attempt).then((done) => {
        if (done.ok && done.value) {
          const { version, status } = done.value;
          last.set(id, { version, status, deleted: action.does === 'delete' });
        }
        answer(outcomeOf(done));
      }, unknown);
    });

  return {
    make: async (key, action) => {
      for (let tries = 1; tries <= TRIES; tries += 1) {
        if ((await attemptOnce(key, action)) !== 'unknown' || chance.happens(0.3)) return;
        await time.sleep(chance.between(100, 2_000));
      }
    },
    seen: ({ customerId, orderId }) => last.get(`${customerId}#${orderId}`),
    jump: (ms) => {
      skew += ms;
    },
  };
};
