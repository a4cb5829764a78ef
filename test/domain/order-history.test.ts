import { changes, gapsIn } from '../../src/domain/order-history.ts';
import { change, order } from '../support/orders.ts';

const SINCE = '2026-11-01T00:00:00.000Z';
const BEFORE = '2026-10-31T23:59:59.999Z';
const gaps = (versions: number[], fields: Parameters<typeof order>[0] = {}) =>
  gapsIn(order({ version: 5, ...fields }), new Set(versions), SINCE).map(({ from, to }) => `${from}-${to}`);

describe('what changed between two versions', () => {
  it('given old values, then each with its new one, null where there is none', () => {
    expect(
      changes({ amount: 5, note: 'n', items: null }, { amount: 6, items: [], status: 'PENDING' }),
    ).toEqual({
      amount: { from: 5, to: 6 },
      note: { from: 'n', to: null },
      items: { from: null, to: [] },
    });
  });
});

describe('the versions of an order that have no line', () => {
  it('given lines of every version, in whatever order they come, then none', () => {
    expect(gaps([3, 1, 5, 2, 4])).toEqual([]);
  });

  it('given gaps, then each as a range, in their order', () => {
    expect(gaps([5, 3, 1])).toEqual(['2-2', '4-4']);
    expect(gaps([])).toEqual(['1-5']);
    expect(gaps([1, 2])).toEqual(['3-5']);
  });

  it('given lines of later versions than the order has, then they fill nothing', () => {
    expect(gaps([1, 9])).toEqual(['2-5']);
    expect(gaps([9, 7])).toEqual(['1-5']);
  });

  it('given an order over a deleted one, then its first version is the first that is missed', () => {
    expect(gaps([5], { firstVersion: 3 })).toEqual(['3-4']);
  });

  it('given an order created at that very time, then all of its versions are known; before it, those from the first line on', () => {
    expect(gaps([4], { createdAt: SINCE })).toEqual(['1-3', '5-5']);
    expect(gaps([4], { createdAt: BEFORE })).toEqual(['5-5']);
  });

  it('given an older order without any line, then its last change tells whether it is missed', () => {
    expect(gaps([], { createdAt: BEFORE, change: change({ at: SINCE }) })).toEqual(['5-5']);
    expect(gaps([], { createdAt: BEFORE, change: change({ at: BEFORE }) })).toEqual([]);
  });
});
