import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Entity } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { Table } from 'dynamodb-toolbox/table';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { type Action, TABLE } from './order.ts';

const table = new Table({
  documentClient: DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  name: TABLE,
  partitionKey: { name: 'customerId', type: 'string' },
  sortKey: { name: 'orderId', type: 'string' },
  indexes: {
    GSI1: {
      type: 'global',
      partitionKey: { name: 'status', type: 'string' },
      sortKey: { name: 'orderId', type: 'string' },
    },
  },
});

const orders = new Entity({
  name: 'Order',
  table,
  schema: item({
    customerId: string().key(),
    orderId: string().key(),
    amount: number().validate((value) => Number.isSafeInteger(value)),
    currency: string().default('USD'),
    status: string().enum('PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED').default('PENDING'),
    items: list(map({ sku: string(), quantity: number(), unitAmount: number() })).optional(),
    note: string().optional(),
    version: number().default(1),
  }),
  timestamps: {
    created: { name: 'createdAt', savedAs: 'createdAt' },
    modified: { name: 'updatedAt', savedAs: 'updatedAt' },
  },
});

export const handler = async (event: Action) => {
  switch (event.action) {
    case 'create': {
      const { ToolboxItem } = await orders
        .build(PutItemCommand)
        .item(event.item)
        .options({ condition: { attr: 'orderId', exists: false } })
        .send();
      return ToolboxItem;
    }
    case 'read': {
      const { customerId, orderId } = event;
      return (await orders.build(GetItemCommand).key({ customerId, orderId }).send()).Item;
    }
    case 'list': {
      const { customerId, limit } = event;
      const { Items } = await table
        .build(QueryCommand)
        .query({ partition: customerId })
        .entities(orders)
        .options({ limit })
        .send();
      return Items;
    }
    case 'cancel': {
      const { customerId, orderId } = event;
      const { Attributes } = await orders
        .build(UpdateItemCommand)
        .item({ customerId, orderId, status: 'CANCELLED', version: $add(1) })
        .options({
          condition: { attr: 'status', in: ['PENDING', 'CONFIRMED'] },
          returnValues: 'ALL_NEW',
        })
        .send();
      return Attributes;
    }
  }
};
