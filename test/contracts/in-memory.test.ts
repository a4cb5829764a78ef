import { inMemoryOrders } from '../support/in-memory-orders.ts';
import {
  inMemoryFailures,
  inMemoryHistory,
  inMemoryKeyedOrders,
  inMemoryPublisher,
} from '../support/in-memory-ports.ts';
import { inMemoryRounds } from '../support/in-memory-rounds.ts';
import { inMemoryUsers } from '../support/in-memory-users.ts';
import { keyedOrdersContract } from './keyed-orders.ts';
import { orderRepositoryContract } from './order-repository.ts';
import { orderTimelineContract } from './order-timeline.ts';
import {
  eventPublisherContract,
  failureStoreContract,
  orderHistoryContract,
  roundsContract,
} from './other-ports.ts';
import { userDirectoryContract } from './user-directory.ts';

describe('the orders in memory', () => {
  orderRepositoryContract(() => Promise.resolve(inMemoryOrders()));
});

describe('the keyed orders in memory', () => {
  keyedOrdersContract(() => {
    const orders = inMemoryOrders();
    return Promise.resolve({ orders, keyedOrders: inMemoryKeyedOrders(orders) });
  });
});

describe('the users in memory', () => {
  userDirectoryContract(() => Promise.resolve(inMemoryUsers()));
});

describe('the failures in memory', () => {
  failureStoreContract(() => {
    const failures = inMemoryFailures();
    return Promise.resolve({ failures, kept: () => Promise.resolve([...failures.parked.values()]) });
  });
});

describe('the publisher in memory', () => {
  eventPublisherContract(() => {
    const publisher = inMemoryPublisher();
    const arrived = () => Promise.resolve(publisher.published.map((event) => JSON.stringify(event)));
    return Promise.resolve({ publisher, tooMuch: { note: 'refuse me' }, arrived });
  });
});

describe('the history in memory', () => {
  orderHistoryContract(() => Promise.resolve(inMemoryHistory()));
});

describe('the timeline in memory', () => {
  orderTimelineContract(() => {
    const history = inMemoryHistory();
    return Promise.resolve({ history, timeline: history });
  });
});

describe('the rounds in memory', () => {
  roundsContract(() => Promise.resolve(inMemoryRounds()));
});
