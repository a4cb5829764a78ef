import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { amendOrder } from '../../application/amend-order.ts';
import { createOrder } from '../../application/create-order.ts';
import { deleteOrder } from '../../application/delete-order.ts';
import { getOrder } from '../../application/get-order.ts';
import { listOrders } from '../../application/list-orders.ts';
import type { Cursors, OrderRepository } from '../../application/ports.ts';
import { transitionOrder } from '../../application/transition-order.ts';
import type { InvokeConfig, OrdersConfig } from '../config.ts';
import { keySecret } from '../cursors/key-secret.ts';
import { signedCursors } from '../cursors/signed-cursors.ts';
import { type SigningKeys, signingKeys } from '../cursors/signing-keys.ts';
import { dynamoDbOrders } from '../dynamodb/order-repository.ts';
import { observed } from '../observability/observed.ts';
import { CLIENT, DOCUMENTS, documents } from './clients.ts';
import { CLOCK, IDS, LOGGER, token, wiring } from './wiring.ts';

const ORDERS_CONFIG = token<OrdersConfig>('OrdersConfig');
export const ORDERS = token<OrderRepository>('OrderRepository');
export const SIGNING_KEYS = token<SigningKeys>('SigningKeys');
export const CURSORS = token<Cursors>('Cursors');

export const CREATE = token<ReturnType<typeof createOrder>>('createOrder');
export const GET = token<ReturnType<typeof getOrder>>('getOrder');
export const LIST = token<ReturnType<typeof listOrders>>('listOrders');
export const AMEND = token<ReturnType<typeof amendOrder>>('amendOrder');
export const TRANSITION = token<ReturnType<typeof transitionOrder>>('transitionOrder');
export const DELETE = token<ReturnType<typeof deleteOrder>>('deleteOrder');

/** The use cases that HTTP and direct invocation have in common. */
export const orders = (config: InvokeConfig) => {
  const { container, value, provide } = wiring();
  value(ORDERS_CONFIG, config);
  provide(DOCUMENTS, [], documents);
  provide(ORDERS, [DOCUMENTS, ORDERS_CONFIG, LOGGER], (client, own, logger) =>
    dynamoDbOrders(client, own, (error) => logger.error('a list leaves out an item', error)),
  );
  provide(CREATE, [ORDERS, CLOCK, IDS, LOGGER], (orders, clock, ids, logger) =>
    observed(
      'createOrder',
      createOrder({ orders, clock, ids, defaultCurrency: config.defaultCurrency }),
      logger,
    ),
  );
  provide(GET, [ORDERS, LOGGER], (orders, logger) => observed('getOrder', getOrder({ orders }), logger));
  provide(SIGNING_KEYS, [], () =>
    signingKeys(keySecret(new SecretsManagerClient(CLIENT), config.cursorKeySecret)),
  );
  provide(CURSORS, [SIGNING_KEYS, CLOCK], signedCursors);
  provide(LIST, [ORDERS, CURSORS, LOGGER], (orders, cursors, logger) =>
    observed('listOrders', listOrders({ orders, cursors }), logger),
  );
  provide(AMEND, [ORDERS, CLOCK, IDS, LOGGER], (orders, clock, ids, logger) =>
    observed('amendOrder', amendOrder({ orders, clock, ids }), logger),
  );
  provide(TRANSITION, [ORDERS, CLOCK, IDS, LOGGER], (orders, clock, ids, logger) =>
    observed('transitionOrder', transitionOrder({ orders, clock, ids }), logger),
  );
  provide(DELETE, [ORDERS, CLOCK, IDS, LOGGER], (orders, clock, ids, logger) =>
    observed('deleteOrder', deleteOrder({ orders, clock, ids }), logger),
  );
  return { container, value, provide };
};
