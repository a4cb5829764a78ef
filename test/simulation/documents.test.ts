import { dynamoDbOrders } from '../../src/adapters/dynamodb/order-repository.ts';
import { orderRepositoryContract } from '../contracts/order-repository.ts';
import { chanceOf } from './chance.ts';
import { changeStream } from './change-stream.ts';
import { documentsFor } from './documents.ts';
import { faultsOf } from './faults.ts';
import { newHistory } from './history.ts';
import type { Network } from './network.ts';
import { ordersTable } from './orders-table.ts';
import { startProcess } from './process.ts';
import { virtualTime } from './virtual-time.ts';

const config = {
  ordersTable: 'Orders',
  indexShards: 3,
  defaultCurrency: 'USD',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
};

/** Answers at once: the contract is about what is answered. */
const direct: Network = { request: async (_, __, serve) => await Promise.resolve().then(serve) };

describe('the repository over the simulated table', () => {
  orderRepositoryContract(() => {
    const time = virtualTime(0);
    const faults = faultsOf(0);
    const history = newHistory();
    const table = ordersTable(time, faults, changeStream(time, faults, chanceOf(1), history), history);
    return Promise.resolve(dynamoDbOrders(documentsFor(startProcess(), table, faults, direct), config));
  });
});
