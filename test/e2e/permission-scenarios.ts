import { until } from '../local/support/clock.ts';
import type { Acting } from './acting.ts';

export interface Scenario {
  name: string;
  run: (acting: Acting) => Promise<unknown>;
  /** The grants without which something would be denied in it. */
  needs: string[];
}

const reader = 'orders-stream-reader';
const history = 'orders-history';
const reconciler = 'orders-reconciler';
const api = 'orders-api';
const crud = 'orders-crud-handler';
const docs = 'orders-docs';
const eventBridge = 'events.amazonaws.com';

const onLogs = (action: string, function_: string) =>
  `${function_} logs:${action} on log-group:/aws/lambda/${function_}:*`;
const prints = (function_: string) => [
  onLogs('CreateLogStream', function_),
  onLogs('PutLogEvents', function_),
];
const publishes = (function_: string, ...types: string[]) =>
  types.map((type) => `${function_} events:PutEvents ${type} on event-bus/orders`);

/** Ways to an order of each type of event that an order can have stated last. */
const STATED: Record<string, (acting: Acting, id: string) => Promise<unknown>> = {
  OrderCreated: () => Promise.resolve(),
  OrderAmended: ({ amend }, id) => amend(id),
  OrderConfirmed: ({ move }, id) => move(id, 'confirm'),
  OrderShipped: ({ move }, id) => move(id, 'confirm', 'ship'),
  OrderDelivered: ({ move }, id) => move(id, 'confirm', 'ship', 'deliver'),
  OrderCancelled: ({ move }, id) => move(id, 'cancel'),
  OrderRestored: async ({ remove, move }, id) => {
    await remove(id);
    await move(id, 'restore');
  },
};
const types = Object.keys(STATED);

export const START = 'start, and make somebody staff';

/** In this order, each after the ones before it. */
export const SCENARIOS: Scenario[] = [
  {
    name: START,
    run: ({ putUser }) => putUser('U1001'),
    needs: [
      onLogs('CreateLogStream', api),
      `${reader} dynamodb:ListStreams on table/Orders/stream/*`,
      ...['DescribeStream', 'GetShardIterator', 'GetRecords'].map(
        (action) => `${reader} dynamodb:${action} on table/Orders/stream/LABEL`,
      ),
    ],
  },
  {
    name: 'create an order',
    run: ({ put }) => put('o1'),
    needs: [
      `apigateway.amazonaws.com for */*/* lambda:InvokeFunction on function:${api}`,
      `${api} dynamodb:PutItem on table/Orders`,
      onLogs('PutLogEvents', api),
      ...publishes(reader, 'OrderCreated'),
      ...prints(reader),
      `${eventBridge} sqs:SendMessage on order-notifications`,
      ...[eventBridge, 'delivery.logs.amazonaws.com'].flatMap((service) =>
        ['CreateLogStream', 'PutLogEvents'].map(
          (action) => `${service} logs:${action} on log-group:/aws/events/orders-audit:*`,
        ),
      ),
      `${eventBridge} for orders/${history} lambda:InvokeFunction on function:${history}`,
      `${history} dynamodb:PutItem on table/OrderHistory`,
      ...prints(history),
    ],
  },
  {
    name: 'create an order once, under a key',
    run: ({ createOnce }) => createOnce('k1'),
    needs: [`${api} dynamodb:PutItem on table/IdempotencyKeys`],
  },
  {
    name: 'read an order',
    run: ({ asOwner }) => asOwner('/o1'),
    needs: [`${api} dynamodb:GetItem on table/Orders`],
  },
  {
    name: 'read its history',
    run: ({ asOwner }) => asOwner('/o1/history'),
    needs: [`${api} dynamodb:Query on table/OrderHistory`],
  },
  {
    name: 'list the orders of a customer',
    run: ({ asOwner }) => asOwner(),
    needs: [`${api} dynamodb:Query on table/Orders`],
  },
  {
    name: 'list orders by status, page by page',
    run: ({ asStaff }) => asStaff('/orders?status=PENDING&limit=1'),
    needs: [
      `${api} dynamodb:Query on table/Orders/index/GSI1`,
      `${api} secretsmanager:GetSecretValue on secret:orders-cursor-key`,
    ],
  },
  {
    name: 'list the orders of a day',
    run: ({ asStaff }) => asStaff('/orders?date=2026-11-22'),
    needs: [`${api} dynamodb:Query on table/Orders/index/GSI2`],
  },
  {
    name: 'find an order by its id',
    run: ({ asStaff }) => asStaff('/orders/o1'),
    needs: [`${api} dynamodb:Query on table/Orders/index/GSI3`],
  },
  {
    name: 'list users',
    run: ({ asAdmin }) => asAdmin('/users'),
    needs: [`${api} dynamodb:Query on table/Users/index/GSI1`],
  },
  {
    name: 'read a user',
    run: ({ asAdmin }) => asAdmin('/users/U1001'),
    needs: [`${api} dynamodb:GetItem on table/Users`],
  },
  {
    name: 'put a user, and delete him',
    run: async ({ putUser, deleteUser }) => {
      await putUser('U7');
      await deleteUser('U7');
    },
    needs: [`${api} dynamodb:PutItem on table/Users`, `${api} dynamodb:DeleteItem on table/Users`],
  },
  {
    name: 'ask for a path that is not there',
    run: ({ asStaff }) => asStaff('/nothing'),
    needs: [`apigateway.amazonaws.com for */$default lambda:InvokeFunction on function:${api}`],
  },
  {
    name: 'read the documentation',
    run: ({ asStaff }) => asStaff('/openapi.json'),
    needs: [`apigateway.amazonaws.com for */*/* lambda:InvokeFunction on function:${docs}`, ...prints(docs)],
  },
  {
    name: 'invoke: create, read and list orders',
    run: async ({ invoke }) => {
      const key = { customerId: 'C101', orderId: 'o2' };
      await invoke({ action: 'create', item: { ...key, amount: 1 } });
      await invoke({ action: 'read', ...key });
      await invoke({ action: 'list', customerId: 'C101' });
      await invoke({ action: 'list', status: 'PENDING', limit: 1 });
    },
    needs: [
      ...prints(crud),
      `${crud} dynamodb:PutItem on table/Orders`,
      `${crud} dynamodb:GetItem on table/Orders`,
      `${crud} dynamodb:Query on table/Orders`,
      `${crud} dynamodb:Query on table/Orders/index/GSI1`,
      `${crud} secretsmanager:GetSecretValue on secret:orders-cursor-key`,
    ],
  },
  {
    name: 'take orders through all that can happen to them',
    run: async (acting) => {
      for (const [type, go] of Object.entries(STATED)) {
        await acting.put(type);
        await go(acting, type);
      }
    },
    needs: publishes(reader, ...types.filter((type) => type !== 'OrderCreated'), 'OrderDeleted'),
  },
  {
    name: 'compare orders with a history that knows nothing of them',
    run: async ({ local, forget }) => {
      for (const type of types) await forget(type);
      const day = new Date(local.clock.now()).toISOString().slice(0, 10);
      const answer = await local.functions.invoke(reconciler, { action: 'day', day, graceMinutes: 0 });
      const { findings } = (answer as { payload: { findings: { latest: string }[] } }).payload;
      expect(findings.map(({ latest }) => latest)).toEqual(types.map(() => 're-emitted'));
    },
    needs: [
      ...prints(reconciler),
      `${reconciler} dynamodb:Query on table/Orders/index/GSI2`,
      `${reconciler} dynamodb:Query on table/OrderHistory`,
      `${reconciler} dynamodb:GetItem on table/Orders`,
      ...publishes(reconciler, ...types),
    ],
  },
  {
    name: 'let an hour pass',
    run: async ({ local }) => {
      local.clock.advance('61m');
      await local.drain();
    },
    needs: [
      `${eventBridge} for ${reconciler} lambda:InvokeFunction on function:${reconciler}`,
      `${reconciler} dynamodb:GetItem on table/OrderHistory`,
      `${reconciler} dynamodb:PutItem on table/OrderHistory`,
    ],
  },
  {
    name: 'let an order expire',
    run: async ({ local, expire }) => {
      await expire('o1');
      while (!local.events().some((event) => event['detail-type'] === 'OrderExpired')) {
        local.clock.advance('10s');
        await local.drain();
      }
    },
    needs: publishes(reader, 'OrderExpired'),
  },
  {
    name: 'make an order by hand that nobody understands',
    run: ({ putByHand }) => putByHand('by-hand'),
    needs: [`${reader} s3:PutObject on bucket/parked/*`],
  },
  {
    name: 'give up a change of an order',
    run: async ({ local, putByHand }) => {
      const struck = () => local.faults.state().throttle.struck;
      const before = struck();
      local.faults.throttle(1);
      await putByHand('too-late');
      await until(() => struck() > before, 'the mapping tries its function');
      local.faults.off();
      local.clock.advance('2m');
    },
    needs: [`${reader} s3:ListBucket on bucket`, `${reader} s3:PutObject on bucket/aws/lambda/*`],
  },
  {
    name: 'publish an event that the history cannot read',
    run: ({ publish }) => publish(),
    needs: [`${history} sqs:SendMessage on orders-history-dlq`],
  },
  {
    name: 'keep all targets down',
    run: async ({ local, publish }) => {
      local.faults.fail(1);
      await publish();
      await local.drain();
      local.faults.off();
    },
    needs: ['orders-audit', 'order-notifications', history].map(
      (name) => `${eventBridge} sqs:SendMessage on ${name}-dlq`,
    ),
  },
];
