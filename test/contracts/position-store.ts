import type { Claim, Position, PositionStore } from 'order-events/consumer';

const order = { customerId: 'C101', orderId: 'O5001' };
const DAY_1 = '2026-11-22T10:00:00.000Z';
const DAY_2 = '2026-11-23T10:00:00.000Z';
const at = (sequence: number, createdAt = DAY_1): Position => ({ createdAt, sequence });

const tokenOf = (claim: Claim): string => {
  if (claim.outcome !== 'claimed') throw new Error(`It is ${claim.outcome}`);
  return claim.token;
};

/** What each store of positions must do. `fresh`: an empty one, by this clock. */
export const positionStoreContract = (
  fresh: (now: () => number) => Promise<PositionStore> | PositionStore,
): void => {
  let store: PositionStore;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-11-24T10:00:00Z');
    store = await fresh(() => now);
  });
  const move = async (position: Position, of = order) =>
    store.advance(of, tokenOf(await store.claim(of, position, 1_000)), position);

  it('given an order that it does not know, then it is claimed, and has no position before', async () => {
    expect(await store.claim(order, at(3), 1_000)).toEqual({
      outcome: 'claimed',
      token: expect.any(String) as string,
      last: undefined,
    });
  });

  it('given a position, then what is ahead is claimed, what is not has passed', async () => {
    expect(await move(at(3))).toBe(true);
    for (const sequence of [1, 2, 3]) {
      expect(await store.claim(order, at(sequence), 1_000)).toEqual({ outcome: 'passed', last: at(3) });
    }
    expect(await store.claim(order, at(4), 1_000)).toMatchObject({ outcome: 'claimed', last: at(3) });
  });

  it('given another life of the order, then its beginning decides, whatever the versions', async () => {
    await move(at(7));
    expect(await store.claim(order, at(1, DAY_2), 1_000)).toMatchObject({ outcome: 'claimed', last: at(7) });
    now += 1_000;
    await move(at(1, DAY_2));
    expect(await store.claim(order, at(8), 1_000)).toEqual({ outcome: 'passed', last: at(1, DAY_2) });
  });

  it('given a claim, then nobody else has one, until it ends', async () => {
    await store.claim(order, at(1), 1_000);
    expect(await store.claim(order, at(1), 1_000)).toEqual({ outcome: 'busy' });
    expect(await store.claim(order, at(2), 1_000)).toEqual({ outcome: 'busy' });
    now += 999;
    expect(await store.claim(order, at(2), 1_000)).toEqual({ outcome: 'busy' });
    now += 1;
    expect(await store.claim(order, at(2), 1_000)).toMatchObject({ outcome: 'claimed', last: undefined });
  });

  it('given a claim, then what has passed is told at once', async () => {
    await move(at(3));
    await store.claim(order, at(4), 1_000);
    expect(await store.claim(order, at(3), 1_000)).toEqual({ outcome: 'passed', last: at(3) });
  });

  it('given a claim that was given back, then the next is free, and nothing has moved', async () => {
    await move(at(1));
    await store.release(order, tokenOf(await store.claim(order, at(2), 1_000)));
    expect(await store.claim(order, at(2), 1_000)).toMatchObject({ outcome: 'claimed', last: at(1) });
  });

  it('given a claim that ran out and was taken by another, then its holder moves nothing, and ends nothing', async () => {
    const slow = tokenOf(await store.claim(order, at(1), 1_000));
    now += 1_000;
    const other = tokenOf(await store.claim(order, at(2), 1_000));
    expect(await store.advance(order, slow, at(1))).toBe(false);
    await store.release(order, slow);
    expect(await store.claim(order, at(3), 1_000)).toEqual({ outcome: 'busy' });
    expect(await store.advance(order, other, at(2))).toBe(true);
  });

  it('given a claim that ran out and that nobody took, then its holder still moves', async () => {
    const slow = tokenOf(await store.claim(order, at(1), 1_000));
    now += 60_000;
    expect(await store.advance(order, slow, at(1))).toBe(true);
  });

  it('given an end of the claim, then the same token ends it no second time', async () => {
    const token = tokenOf(await store.claim(order, at(1), 1_000));
    await store.advance(order, token, at(1));
    const next = tokenOf(await store.claim(order, at(2), 1_000));
    await store.release(order, token);
    expect(await store.advance(order, token, at(9))).toBe(false);
    expect(await store.advance(order, next, at(2))).toBe(true);
  });

  it('given orders of other customers, then they are others', async () => {
    await move(at(3));
    const theirs = { ...order, customerId: 'C102' };
    expect(await store.claim(theirs, at(1), 1_000)).toMatchObject({ outcome: 'claimed', last: undefined });
    expect(await store.claim({ ...order, orderId: 'O5002' }, at(1), 1_000)).toMatchObject({
      last: undefined,
    });
  });

  it('given several at the same moment, then one of them has the claim', async () => {
    const claims = await Promise.all([1, 1, 2, 3].map((sequence) => store.claim(order, at(sequence), 1_000)));
    expect(claims.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'busy', 'busy', 'claimed']);
  });
};
