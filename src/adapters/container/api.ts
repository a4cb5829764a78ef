import type { Container } from 'inversify';
import { amendUser } from '../../application/amend-user.ts';
import { createOrderOnce } from '../../application/create-order-once.ts';
import { deleteUser } from '../../application/delete-user.ts';
import { getOrderHistory } from '../../application/get-order-history.ts';
import { getUser } from '../../application/get-user.ts';
import { listUsers } from '../../application/list-users.ts';
import type { KeyedOrders, OrderTimeline, UserDirectory } from '../../application/ports.ts';
import { putUser } from '../../application/put-user.ts';
import { restoreOrder } from '../../application/restore-order.ts';
import { type ApiHandler, apiHandler } from '../api-gateway/handler.ts';
import type { UserRouteDependencies } from '../api-gateway/user-routes.ts';
import type { ApiConfig } from '../config.ts';
import { dynamoDbKeyedOrders } from '../dynamodb/keyed-orders.ts';
import { dynamoDbTimeline } from '../dynamodb/order-timeline.ts';
import { dynamoDbUsers } from '../dynamodb/user-directory.ts';
import { countingColdStarts } from '../observability/cold-starts.ts';
import { observed } from '../observability/observed.ts';
import { DOCUMENTS } from './clients.ts';
import { AMEND, CREATE, CURSORS, DELETE, GET, LIST, ORDERS, orders, TRANSITION } from './orders.ts';
import { CLOCK, IDS, LOGGER, token } from './wiring.ts';

export const API = token<ApiHandler>('ApiHandler');
export const USERS = token<UserDirectory>('UserDirectory');
export const TIMELINE = token<OrderTimeline>('OrderTimeline');
const KEYED_ORDERS = token<KeyedOrders>('KeyedOrders');

const CREATE_ONCE = token<ReturnType<typeof createOrderOnce>>('createOrderOnce');
const GET_HISTORY = token<ReturnType<typeof getOrderHistory>>('getOrderHistory');
const RESTORE = token<ReturnType<typeof restoreOrder>>('restoreOrder');
const MANAGE_USERS = token<UserRouteDependencies>('manageUsers');

export const apiContainer = (config: ApiConfig): Container => {
  const { container, provide } = orders(config);
  provide(USERS, [DOCUMENTS], (documents) => dynamoDbUsers(documents, config.usersTable));
  provide(MANAGE_USERS, [USERS, CURSORS, CLOCK, IDS, LOGGER], (users, cursors, clock, ids, logger) => ({
    putUser: observed('putUser', putUser({ users, clock, ids }), logger),
    getUser: observed('getUser', getUser({ users }), logger),
    listUsers: observed('listUsers', listUsers({ users, cursors }), logger),
    amendUser: observed('amendUser', amendUser({ users, clock, ids }), logger),
    deleteUser: observed('deleteUser', deleteUser({ users }), logger),
  }));
  provide(RESTORE, [ORDERS, CLOCK, IDS, LOGGER], (orders, clock, ids, logger) =>
    observed('restoreOrder', restoreOrder({ orders, clock, ids }), logger),
  );
  provide(KEYED_ORDERS, [DOCUMENTS], (documents) => dynamoDbKeyedOrders(documents, config));
  provide(CREATE_ONCE, [KEYED_ORDERS, CLOCK, IDS, LOGGER], (keyedOrders, clock, ids, logger) =>
    observed(
      'createOrderOnce',
      createOrderOnce({ keyedOrders, clock, ids, defaultCurrency: config.defaultCurrency }),
      logger,
    ),
  );
  provide(TIMELINE, [DOCUMENTS], (documents) => dynamoDbTimeline(documents, config.historyTable));
  provide(GET_HISTORY, [ORDERS, TIMELINE, CURSORS, LOGGER], (orders, timeline, cursors, logger) =>
    observed('getOrderHistory', getOrderHistory({ orders, timeline, cursors }), logger),
  );
  provide(
    API,
    [
      CREATE,
      CREATE_ONCE,
      GET,
      LIST,
      GET_HISTORY,
      AMEND,
      TRANSITION,
      DELETE,
      RESTORE,
      USERS,
      MANAGE_USERS,
      LOGGER,
    ],
    (
      createOrder,
      createOrderOnce,
      getOrder,
      listOrders,
      getOrderHistory,
      amendOrder,
      transitionOrder,
      deleteOrder,
      restoreOrder,
      users,
      manageUsers,
      logger,
    ) =>
      countingColdStarts(
        apiHandler({
          createOrder,
          createOrderOnce,
          getOrder,
          listOrders,
          getOrderHistory,
          amendOrder,
          transitionOrder,
          deleteOrder,
          restoreOrder,
          users,
          ...manageUsers,
          logger,
        }),
      ),
  );
  return container;
};
