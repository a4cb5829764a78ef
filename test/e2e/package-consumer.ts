/** What must be refused, by the way in that it comes through: what has no types would let it pass. */
export const REFUSED: Record<string, string> = {
  'order-events': `
import { type OrderEventEnvelope, patterns } from 'order-events';
// @ts-expect-error: no such field
export const field = (event: OrderEventEnvelope) => event.detail.data.order.total;
// @ts-expect-error: no such filter
export const filter = () => patterns.orderCreated({ amountAtLeats: 1 });`,
  'order-events/jest': `
// @ts-expect-error: the pattern is missing
export const match = () => expect({}).toMatchEventPattern();`,
  'order-events/testing': `
import { makeOrderShipped } from 'order-events/testing';
// @ts-expect-error: a string
export const amount = () => makeOrderShipped({ order: { amount: '1' } });`,
  'order-events/validators': `
import { orderEvent } from 'order-events/validators';
// @ts-expect-error: a number
export const text = (): string => orderEvent.parse({}).detail.data.order.amount;`,
  'order-events/consumer': `
import { inMemoryStore, orderedConsumer } from 'order-events/consumer';
// @ts-expect-error: what is to be done is missing
export const consumer = () => orderedConsumer({ store: inMemoryStore() });`,
  'order-events/consumer/dynamodb': `
import { dynamoDbStore } from 'order-events/consumer/dynamodb';
// @ts-expect-error: the table is missing
export const store = () => dynamoDbStore({ client: undefined as never });`,
  'order-events/cdk': `
import { OrderEventsSubscription } from 'order-events/cdk';
// @ts-expect-error: the pattern is missing
export const subscription = () => new OrderEventsSubscription(undefined as never, 'Id', { name: 'mine' });`,
  'event-pattern': `
import { explain } from 'event-pattern';
// @ts-expect-error: a boolean
export const verdict = (): string => explain({}, {}).matched;`,
};
/** AWS's declarations take a compiler long. */
export const WITHOUT_AWS = Object.keys(REFUSED).filter((entry) => !/cdk|dynamodb/.test(entry));

/** Prints what each of its ways in gives. */
export const consumerOf = (ways: readonly string[]): string =>
  [
    ...ways.map((way, place) => `import * as part${place} from '${way}';${REFUSED[way]}`),
    "const named = (part: object) => Object.keys(part).filter((name) => !['default', 'module.exports'].includes(name));",
    `console.log(JSON.stringify([${ways.map((_, place) => `named(part${place}).sort()`).join(', ')}]));`,
  ].join('\n');
