import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Entity } from 'electrodb';
import { type Action, TABLE } from './order.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

/** Kept under the plain keys of an existing table, as the library's documentation describes it. */
const orders = new Entity(
  {
    model: { entity: 'order', version: '1', service: 'orders' },
    attributes: {
      customerId: { type: 'string', required: true },
      orderId: { type: 'string', required: true },
      amount: { type: 'number', required: true, validate: (value: number) => Number.isSafeInteger(value) },
      currency: { type: 'string', required: true, default: 'USD' },
      status: {
        type: ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'] as const,
        required: true,
        default: 'PENDING',
      },
      items: {
        type: 'list',
        items: {
          type: 'map',
          properties: {
            sku: { type: 'string', required: true },
            quantity: { type: 'number', required: true },
            unitAmount: { type: 'number', required: true },
          },
        },
      },
      note: { type: 'string' },
      createdAt: { type: 'string', required: true, readOnly: true, default: () => new Date().toISOString() },
      updatedAt: {
        type: 'string',
        required: true,
        watch: '*',
        default: () => new Date().toISOString(),
        set: () => new Date().toISOString(),
      },
      version: { type: 'number', required: true, default: 1 },
    },
    indexes: {
      byCustomer: {
        pk: { field: 'customerId', composite: ['customerId'], template: '${customerId}', casing: 'none' },
        sk: { field: 'orderId', composite: ['orderId'], template: '${orderId}', casing: 'none' },
      },
      byStatus: {
        index: 'GSI1',
        pk: { field: 'status', composite: ['status'], template: '${status}', casing: 'none' },
        sk: { field: 'orderId', composite: ['orderId'], template: '${orderId}', casing: 'none' },
      },
    },
  },
  { client, table: TABLE },
);

export const handler = async (event: Action) => {
  switch (event.action) {
    case 'create':
      return (await orders.create(event.item).go()).data;
    case 'read':
      return (await orders.get({ customerId: event.customerId, orderId: event.orderId }).go()).data;
    case 'list': {
      const { customerId, limit } = event;
      return (await orders.query.byCustomer({ customerId }).go({ limit })).data;
    }
    case 'cancel': {
      const { customerId, orderId } = event;
      const { data } = await orders
        .patch({ customerId, orderId })
        .set({ status: 'CANCELLED' })
        .add({ version: 1 })
        .where(({ status }, { eq }) => `${eq(status, 'PENDING')} OR ${eq(status, 'CONFIRMED')}`)
        .go({ response: 'all_new' });
      return data;
    }
  }
};
