import { inMemoryOrders } from '../support/in-memory-orders.ts';
import { orderRepositoryContract } from './order-repository.ts';

describe('the in-memory orders', () => {
  orderRepositoryContract(() => Promise.resolve(inMemoryOrders()));
});
