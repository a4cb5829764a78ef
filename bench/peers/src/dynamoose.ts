import { Condition, model, Schema, Table } from 'dynamoose';
import { type Action, TABLE } from './order.ts';

const needed = <T>(type: T) => ({ type, required: true as const });

const schema = new Schema(
  {
    customerId: { type: String, hashKey: true, required: true },
    orderId: { type: String, rangeKey: true, required: true },
    amount: { type: Number, required: true, validate: (value) => Number.isSafeInteger(value) },
    currency: { type: String, required: true, default: 'USD' },
    status: {
      type: String,
      required: true,
      enum: ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED'],
      default: 'PENDING',
      index: { name: 'GSI1', type: 'global', rangeKey: 'orderId' },
    },
    items: {
      type: Array,
      schema: [
        {
          type: Object,
          schema: { sku: needed(String), quantity: needed(Number), unitAmount: needed(Number) },
        },
      ],
    },
    note: String,
    version: { type: Number, required: true, default: 1 },
  },
  {
    timestamps: {
      createdAt: { createdAt: { type: { value: Date, settings: { storage: 'iso' } } } },
      updatedAt: { updatedAt: { type: { value: Date, settings: { storage: 'iso' } } } },
    },
  },
);

const Orders = model(TABLE, schema);
new Table(TABLE, [Orders], { create: false, waitForActive: false });

export const handler = async (event: Action) => {
  switch (event.action) {
    case 'create':
      return { ...(await Orders.create({ ...event.item })) };
    case 'read': {
      const { customerId, orderId } = event;
      const found = await Orders.get({ customerId, orderId });
      return found && { ...found };
    }
    case 'list': {
      const found = await Orders.query('customerId').eq(event.customerId).limit(event.limit).exec();
      return found.map((order) => ({ ...order }));
    }
    case 'cancel': {
      const { customerId, orderId } = event;
      const updated = await Orders.update(
        { customerId, orderId },
        { $SET: { status: 'CANCELLED' }, $ADD: { version: 1 } },
        { condition: new Condition().where('status').in(['PENDING', 'CONFIRMED']) },
      );
      return { ...updated };
    }
  }
};
