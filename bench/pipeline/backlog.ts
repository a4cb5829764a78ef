import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Agent } from 'node:http';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { createOrder } from '../../src/application/create-order.ts';
import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import { systemIds } from '../../src/adapters/ids.ts';

const WRITERS = 16;

/** Orders a second that the engine took, once its stream held so many records. */
export interface WriteRate {
  records: number;
  perSecond: number;
}

const CONFIG = {
  ordersTable: 'Orders',
  indexShards: 8,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

/** The use case of the API on the table of a running system: the writes alone, without gateway and function. */
const directOrders = ({ awsUrl, region }: Pick<Local, 'awsUrl' | 'region'>) => {
  const client = new DynamoDBClient({
    endpoint: awsUrl,
    region,
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: WRITERS }) },
  });
  const orders = dynamoDbOrders(
    DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    CONFIG,
  );
  const clock = () => new Date().toISOString();
  return {
    create: createOrder({ orders, clock, ids: systemIds, defaultCurrency: 'USD' }),
    close: () => client.destroy(),
  };
};

export const CONTENT = {
  items: [
    { sku: 'SKU-1', quantity: 2, unitAmount: 450 },
    { sku: 'SKU-2', quantity: 1, unitAmount: 199 },
  ],
  note: 'Leave it with the neighbours',
};

const BY = { actor: 'bench', correlationId: 'bench' };

/** Fills the stream while no function takes from it; says how fast the engine wrote on the way. */
export const prepareBacklog = async (dataDir: string, orders: number): Promise<WriteRate[]> => {
  const local = await startLocal({ dataDir, warn: () => undefined });
  local.faults.throttle(1);
  const direct = directOrders(local);
  const rates: WriteRate[] = [];
  let written = 0;
  const writer = async (until: number): Promise<void> => {
    while (written < until) {
      const n = written++;
      await direct.create(
        { customerId: `C${n % 500}`, orderId: `O${String(n).padStart(8, '0')}`, ...CONTENT },
        BY,
      );
    }
  };
  for (let target = 1000; written < orders; target = Math.min(orders, target * 2)) {
    const [start, before] = [performance.now(), written];
    await Promise.all(Array.from({ length: WRITERS }, () => writer(Math.min(target, orders))));
    rates.push({ records: written, perSecond: ((written - before) * 1000) / (performance.now() - start) });
    if (target >= orders) break;
  }
  direct.close();
  await local.close();
  return rates;
};
