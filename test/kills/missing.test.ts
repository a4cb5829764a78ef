import { newLedger } from './ledger.ts';
import { type Found, missing } from './missing.ts';

const order = { customerId: 'C1', orderId: 'K1', status: 'PENDING', amount: 5 };
const detail = (sequence: number, data: object = order, type = 'OrderCreated') =>
  JSON.stringify({ metadata: { type, sequence }, data: { order: data } });

const ledger = newLedger();
ledger.acknowledge('C1#K1', { version: 1, order });
ledger.acknowledge('C1#K1', { version: 2, order: 'deleted' });

const whole: Found = {
  table: new Map([['C1#K1', { version: 2, deleted: true }]]),
  events: new Map([
    ['C1#K1 version 1', new Set([detail(1)])],
    ['C1#K1 version 2', new Set([detail(2, order, 'OrderDeleted')])],
  ]),
  history: new Set(['C1#K1 version 1', 'C1#K1 version 2']),
};
const withEvent = (version: number, ...details: string[]): Partial<Found> => ({
  events: new Map([...whole.events, [`C1#K1 version ${version}`, new Set(details)]]),
});

describe('what is missing after the kills', () => {
  it('given all that was acknowledged, then nothing', () => {
    expect(missing(ledger, whole)).toEqual([]);
  });

  it.each<[string, Partial<Found>, string]>([
    ['an order is lost', { table: new Map(), events: new Map() }, 'the table has none'],
    [
      'an order was made twice',
      { table: new Map([...whole.table, ['C1#K2', { version: 1, deleted: false }]]) },
      'no client was told of it',
    ],
    ['a version is lost', { table: new Map([['C1#K1', { version: 1, deleted: false }]]) }, 'has version 1'],
    ['a deletion is lost', { table: new Map([['C1#K1', { version: 2, deleted: false }]]) }, 'is not deleted'],
    ['an event is lost', { events: new Map([...whole.events].slice(0, 1)) }, 'its event never came'],
    ['a line of the history is lost', { history: new Set(['C1#K1 version 1']) }, 'has no line of it'],
    ['an event was made up', withEvent(3, detail(3)), 'which the table does not have'],
    [
      'an event came in two forms',
      withEvent(1, detail(1), detail(1, { ...order, note: 'x' })),
      '2 different forms',
    ],
    ['an event tells another story', withEvent(1, detail(1, { ...order, amount: 6 })), 'and its event tells'],
    ['an event has another type', withEvent(2, detail(2)), 'acknowledged as "deleted"'],
  ])('given %s, then it says so', (_, found, said) => {
    expect(missing(ledger, { ...whole, ...found }).join('\n')).toContain(said);
  });
});
