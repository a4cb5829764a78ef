import { HttpStatusCodes, NotFoundError, Router } from '@aws-lambda-powertools/event-handler/http';
import { metrics as countRequests } from '@aws-lambda-powertools/event-handler/http/middleware';
import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { placed, TABLE } from './order.ts';

const logger = new Logger();
const metrics = new Metrics();
const client = new DynamoDBClient({});
const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
const persistenceStore = new DynamoDBPersistenceLayer({
  tableName: process.env['PEER_IDEMPOTENCY_TABLE'] ?? '',
  awsSdkV3Client: client,
});
const idempotency = new IdempotencyConfig({
  eventKeyJmesPath: '[order.customerId, key]',
  payloadValidationJmesPath: 'order',
  expiresAfterSeconds: 7 * 24 * 60 * 60,
});

const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const body = z.strictObject({
  amount: z.int().check(z.gte(0)),
  items: z.optional(
    z
      .array(
        z.strictObject({
          sku: z.string().check(z.maxLength(64)),
          quantity: z.int().check(z.gte(1)),
          unitAmount: z.int().check(z.gte(0)),
        }),
      )
      .check(z.maxLength(100)),
  ),
  note: z.optional(z.string().check(z.maxLength(1000))),
});
const keys = z.object({ customerId: id, orderId: id });
const customer = z.object({ customerId: id });
const page = z.object({
  limit: z._default(z.coerce.number().check(z.multipleOf(1), z.gte(1), z.lte(100)), 25),
});

type Body = z.infer<typeof body> & { customerId: string };

const create = async (input: Body & { orderId: string }) => {
  const order = placed(input);
  await db.send(
    new PutCommand({
      TableName: TABLE,
      Item: order,
      ConditionExpression: 'attribute_not_exists(orderId)',
    }),
  );
  metrics.addMetric('OrdersCreated', MetricUnit.Count, 1);
  logger.info('order created', { orderId: order.orderId });
  return order;
};

const newId = () => `O${randomUUID()}`;

const createOnce = makeIdempotent(
  ({ order }: { key: string; order: Body }) => create({ ...order, orderId: newId() }),
  { persistenceStore, config: idempotency },
);

const app = new Router({ logger });
app.use(countRequests(metrics));

app.errorHandler(ConditionalCheckFailedException, async (error) => ({
  statusCode: HttpStatusCodes.CONFLICT,
  error: 'Conflict',
  message: error.message,
}));

app.errorHandler(IdempotencyAlreadyInProgressError, async (error) => ({
  statusCode: HttpStatusCodes.CONFLICT,
  error: 'Conflict',
  message: error.message,
}));

app.errorHandler(IdempotencyValidationError, async (error) => ({
  statusCode: HttpStatusCodes.UNPROCESSABLE_ENTITY,
  error: 'Unprocessable Entity',
  message: error.message,
}));

app.put(
  '/customers/:customerId/orders/:orderId',
  async ({ valid }) => create({ ...valid.req.path, ...valid.req.body }),
  { validation: { req: { path: keys, body } } },
);

app.post(
  '/customers/:customerId/orders',
  async ({ valid, req }) => {
    const key = req.headers.get('idempotency-key');
    const { customerId } = valid.req.path;
    const order = { customerId, ...valid.req.body };
    return key === null ? create({ ...order, orderId: newId() }) : createOnce({ key, order });
  },
  { validation: { req: { path: customer, body } } },
);

app.get(
  '/customers/:customerId/orders/:orderId',
  async ({ valid }) => {
    const { Item } = await db.send(new GetCommand({ TableName: TABLE, Key: valid.req.path }));
    if (Item === undefined) throw new NotFoundError('no such order');
    return Item;
  },
  { validation: { req: { path: keys } } },
);

app.get(
  '/customers/:customerId/orders',
  async ({ valid }) => {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: TABLE,
        KeyConditionExpression: 'customerId = :c',
        ExpressionAttributeValues: { ':c': valid.req.path.customerId },
        Limit: valid.req.query.limit,
      }),
    );
    return { items: Items };
  },
  { validation: { req: { path: customer, query: page } } },
);

app.post(
  '/customers/:customerId/orders/:orderId/cancel',
  async ({ valid }) => {
    const { Attributes } = await db.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: valid.req.path,
        UpdateExpression: 'SET #s = :to, updatedAt = :now ADD version :one',
        ConditionExpression: '#s IN (:pending, :confirmed)',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':to': 'CANCELLED',
          ':pending': 'PENDING',
          ':confirmed': 'CONFIRMED',
          ':now': new Date().toISOString(),
          ':one': 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    logger.info('order cancelled', { orderId: valid.req.path.orderId });
    return Attributes ?? {};
  },
  { validation: { req: { path: keys } } },
);

export const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
  logger.addContext(context);
  logger.setCorrelationId(event.requestContext.requestId);
  idempotency.registerLambdaContext(context);
  return app.resolve(event, context);
};
