import { runInNewContext } from 'node:vm';
import { explain } from '../packages/event-pattern/src/index.ts';
import type { OrderEventPattern } from '../packages/order-events/src/patterns/pattern.ts';
import { patterns } from '../packages/order-events/src/patterns/patterns.ts';
import type { Sample } from './samples.ts';

export interface DocumentedPattern {
  wish: string;
  /** How the package makes it. */
  code: string;
  pattern: OrderEventPattern;
  /** The samples that it matches, as `type/name`. */
  matches: string[];
}

/** What subscribers ask for, and what makes it. */
const WISHES: Record<string, string> = {
  'All events of orders, those of later releases too': 'patterns.all()',
  'New orders of 100.00 EUR or more': "patterns.orderCreated({ currency: 'EUR', amountAtLeast: 10_000 })",
  'New orders of 15.00 to 24.99 USD':
    "patterns.orderCreated({ currency: 'USD', amountAtLeast: 1500, amountBelow: 2500 })",
  'Everything about the orders of two customers': "patterns.all({ customerId: ['C101', 'C102'] })",
  'One order, from now on': "patterns.all({ customerId: 'C101', orderId: 'O5001' })",
  'Orders that hold an article': "patterns.orderCreated({ sku: 'BOOK-7' })",
  'Each change of status': 'patterns.statusChanged()',
  'What is on its way or has arrived': "patterns.statusChanged({ to: ['SHIPPED', 'DELIVERED'] })",
  'What leaves PENDING, to wherever': "patterns.statusChanged({ from: 'PENDING' })",
  'Cancellations of what was confirmed already': "patterns.orderCancelled({ from: 'CONFIRMED' })",
  'Amendments of the items or the amount': "patterns.orderAmended({ changed: ['items', 'amount'] })",
  'What is gone, for whatever cause': "patterns.of(['OrderCancelled', 'OrderDeleted', 'OrderExpired'])",
  'What a retention ended': "patterns.all({ actor: 'system:ttl' })",
  'New orders and cancellations of 10.00 or more':
    'patterns.anyOf(patterns.orderCreated({ amountAtLeast: 1000 }), patterns.orderCancelled({ amountAtLeast: 1000 }))',
  'All but what a replay sends again': "patterns.all({ replays: 'exclude' })",
};

/** The code is what the reader sees; here it is run, so that it says what the pattern is. */
const run = (code: string): OrderEventPattern =>
  JSON.parse(JSON.stringify(runInNewContext(code, { patterns }))) as OrderEventPattern;

export const documentedPatterns = (samples: readonly Sample[]): DocumentedPattern[] =>
  Object.entries(WISHES).map(([wish, code]) => {
    const pattern = run(code);
    const matched = samples.filter(({ event }) => explain(pattern, event).matched);
    return { wish, code, pattern, matches: matched.map(({ type, name }) => `${type}/${name}`) };
  });
