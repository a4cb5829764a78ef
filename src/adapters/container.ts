import type { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Container, type ServiceIdentifier } from 'inversify';
import { amendOrder } from '../application/amend-order.ts';
import { amendUser } from '../application/amend-user.ts';
import { createOrder } from '../application/create-order.ts';
import { createOrderOnce } from '../application/create-order-once.ts';
import { deleteOrder } from '../application/delete-order.ts';
import { deleteUser } from '../application/delete-user.ts';
import { getOrder } from '../application/get-order.ts';
import { getOrderHistory } from '../application/get-order-history.ts';
import { getUser } from '../application/get-user.ts';
import { listOrders } from '../application/list-orders.ts';
import { listUsers } from '../application/list-users.ts';
import type {
  Clock,
  Cursors,
  EventPublisher,
  FailureStore,
  Ids,
  KeyedOrders,
  OrderRepository,
  OrderTimeline,
  UserDirectory,
} from '../application/ports.ts';
import { publishOrderChanges } from '../application/publish-order-changes.ts';
import { putUser } from '../application/put-user.ts';
import { reconcileDay } from '../application/reconcile-day.ts';
import { reconcileRound } from '../application/reconcile-round.ts';
import { restoreOrder } from '../application/restore-order.ts';
import { transitionOrder } from '../application/transition-order.ts';
import { type ApiHandler, apiHandler } from './api-gateway/handler.ts';
import type { UserRouteDependencies } from './api-gateway/user-routes.ts';
import type {
  ApiConfig,
  HistoryConfig,
  InvokeConfig,
  OrdersConfig,
  ReconcilerConfig,
  StreamConfig,
} from './config.ts';
import { keySecret } from './cursors/key-secret.ts';
import { signedCursors } from './cursors/signed-cursors.ts';
import { type SigningKeys, signingKeys } from './cursors/signing-keys.ts';
import { toOrderChange } from './dynamodb/change-record.ts';
import { dynamoDbKeyedOrders } from './dynamodb/keyed-orders.ts';
import { dynamoDbHistory } from './dynamodb/order-history.ts';
import { dynamoDbOrders } from './dynamodb/order-repository.ts';
import { dynamoDbTimeline } from './dynamodb/order-timeline.ts';
import { dynamoDbRounds } from './dynamodb/rounds.ts';
import { dynamoDbUsers } from './dynamodb/user-directory.ts';
import { readBatch, type StreamHandler } from './dynamodb-stream/read-batch.ts';
import { type HistoryHandler, recordEvent } from './event-subscriber/record-event.ts';
import { eventBridgePublisher } from './eventbridge/publisher.ts';
import { s3FailureStore } from './failure-store/s3-failure-store.ts';
import { systemIds } from './ids.ts';
import { type InvokeHandler, invokeHandler } from './invoke/handler.ts';
import { type ReconcilerHandler, reconcilerHandler } from './invoke/reconciler.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics, type OrderMetrics } from './observability/metrics.ts';
import { observed } from './observability/observed.ts';
import { createReconcilerMetrics } from './observability/reconciler-metrics.ts';

/** A symbol carries no type; the token does, so that the compiler checks each binding. */
const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(name);

type Tokens<A extends unknown[]> = { [K in keyof A]: ServiceIdentifier<A[K]> };

const LOGGER = token<Logger>('Logger');
const METRICS = token<OrderMetrics>('OrderMetrics');
const CLOCK = token<Clock>('Clock');
const IDS = token<Ids>('Ids');
const DOCUMENTS = token<DynamoDBDocumentClient>('DynamoDBDocumentClient');
const ORDERS_CONFIG = token<OrdersConfig>('OrdersConfig');
export const ORDERS = token<OrderRepository>('OrderRepository');
export const USERS = token<UserDirectory>('UserDirectory');
export const TIMELINE = token<OrderTimeline>('OrderTimeline');
export const SIGNING_KEYS = token<SigningKeys>('SigningKeys');
const CURSORS = token<Cursors>('Cursors');
const KEYED_ORDERS = token<KeyedOrders>('KeyedOrders');
const PUBLISHER = token<EventPublisher>('EventPublisher');
const FAILURES = token<FailureStore>('FailureStore');
export const API = token<ApiHandler>('ApiHandler');
export const INVOKE = token<InvokeHandler>('InvokeHandler');
export const STREAM = token<StreamHandler>('StreamHandler');
export const HISTORY = token<HistoryHandler>('HistoryHandler');
export const RECONCILER = token<ReconcilerHandler>('ReconcilerHandler');

const CREATE = token<ReturnType<typeof createOrder>>('createOrder');
const CREATE_ONCE = token<ReturnType<typeof createOrderOnce>>('createOrderOnce');
const GET = token<ReturnType<typeof getOrder>>('getOrder');
const LIST = token<ReturnType<typeof listOrders>>('listOrders');
const GET_HISTORY = token<ReturnType<typeof getOrderHistory>>('getOrderHistory');
const AMEND = token<ReturnType<typeof amendOrder>>('amendOrder');
const TRANSITION = token<ReturnType<typeof transitionOrder>>('transitionOrder');
const DELETE = token<ReturnType<typeof deleteOrder>>('deleteOrder');
const MANAGE_USERS = token<UserRouteDependencies>('manageUsers');
const RESTORE = token<ReturnType<typeof restoreOrder>>('restoreOrder');

const wiring = () => {
  const container = new Container({ defaultScope: 'Singleton' });
  const value = <T>(at: ServiceIdentifier<T>, constant: T): void => {
    container.bind(at).toConstantValue(constant);
  };
  const provide = <T, A extends unknown[]>(
    at: ServiceIdentifier<T>,
    dependencies: Tokens<A>,
    factory: (...resolved: A) => T,
  ): void => {
    container.bind(at).toResolvedValue(factory as (...resolved: unknown[]) => T, dependencies as never);
  };
  value(LOGGER, createLogger());
  value(CLOCK, () => new Date().toISOString());
  value(IDS, systemIds);
  return { container, value, provide };
};

/** Three attempts and the pauses between them fit into the ten seconds that a caller waits. */
export const CLIENT: Pick<DynamoDBClientConfig, 'maxAttempts' | 'requestHandler'> = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 500, requestTimeout: 2000, throwOnRequestTimeout: true },
};

const documents = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(CLIENT), {
    marshallOptions: { removeUndefinedValues: true },
  });

const orders = (config: InvokeConfig) => {
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

export const apiContainer = (config: ApiConfig): Container => {
  const { container, provide } = orders(config);
  provide(USERS, [DOCUMENTS], (documents) => dynamoDbUsers(documents, config.usersTable));
  provide(MANAGE_USERS, [USERS, CURSORS, CLOCK, LOGGER], (users, cursors, clock, logger) => ({
    putUser: observed('putUser', putUser({ users, clock }), logger),
    getUser: observed('getUser', getUser({ users }), logger),
    listUsers: observed('listUsers', listUsers({ users, cursors }), logger),
    amendUser: observed('amendUser', amendUser({ users, clock }), logger),
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
  );
  return container;
};

export const invokeContainer = (config: InvokeConfig): Container => {
  const { container, provide } = orders(config);
  provide(
    INVOKE,
    [CREATE, GET, LIST, AMEND, TRANSITION, DELETE, LOGGER],
    (createOrder, getOrder, listOrders, amendOrder, transitionOrder, deleteOrder, logger) =>
      invokeHandler({ createOrder, getOrder, listOrders, amendOrder, transitionOrder, deleteOrder, logger }),
  );
  return container;
};

export const streamContainer = (config: StreamConfig): Container => {
  const { container, value, provide } = wiring();
  value(METRICS, createMetrics());
  provide(PUBLISHER, [], () => eventBridgePublisher(new EventBridgeClient(CLIENT), config));
  provide(FAILURES, [], () => s3FailureStore(new S3Client(CLIENT), config.failureBucket));
  provide(STREAM, [PUBLISHER, FAILURES, LOGGER, METRICS], (publisher, failures, logger, metrics) =>
    readBatch({
      toOrderChange: toOrderChange(config.defaultCurrency),
      publishOrderChanges: publishOrderChanges({ publisher, failures }),
      logger,
      metrics,
    }),
  );
  return container;
};

export const historyContainer = (config: HistoryConfig): Container => {
  const { container, provide } = wiring();
  provide(HISTORY, [LOGGER], (logger) =>
    recordEvent({ history: dynamoDbHistory(documents(), config), logger }),
  );
  return container;
};

export const reconcilerContainer = (config: ReconcilerConfig): Container => {
  const { container, provide } = wiring();
  provide(DOCUMENTS, [], documents);
  provide(PUBLISHER, [], () => eventBridgePublisher(new EventBridgeClient(CLIENT), config));
  provide(RECONCILER, [DOCUMENTS, PUBLISHER, CLOCK, LOGGER], (client, publisher, clock, logger) => {
    const orders = dynamoDbOrders(client, config, (error) => logger.error('an item cannot be read', error));
    const history = dynamoDbHistory(client, config);
    const day = reconcileDay({ ...config, orders, history, publisher, clock });
    const rounds = dynamoDbRounds(client, config.historyTable);
    const round = reconcileRound({ ...config, reconcileDay: day, rounds, clock });
    const metrics = createReconcilerMetrics();
    return reconcilerHandler({
      ...config,
      reconcileDay: day,
      reconcileRound: round,
      clock,
      logger,
      metrics,
    });
  });
  return container;
};
