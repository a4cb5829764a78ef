import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { amend, create, remove, restore, transition } from '../../src/domain/order-decisions.ts';
import { allowedTransitions, ORDER_STATUSES, type Transition, TRANSITIONS } from '../../src/domain/order.ts';
import { change, deleted, live, order } from '../support/orders.ts';

const command = { customerId: 'C101', orderId: 'O5001', currency: 'USD', change: change() };
const ITEMS = [
  { sku: 'A', quantity: 1, unitAmount: 2 },
  { sku: 'B', quantity: 2, unitAmount: 1 },
];
const sum = (items: typeof ITEMS) =>
  items.reduce((total, { quantity, unitAmount }) => total + quantity * unitAmount, 0);
const later = change({ at: '2026-11-22T11:00:00.000Z', actor: 'U1' });

describe('creating an order', () => {
  it('given nothing, when created with an amount, then it is pending at version 1', () => {
    const result = create({ ...command, amount: 199 });
    expect(result).toMatchObject({
      ok: true,
      value: { status: 'PENDING', version: 1, amount: 199, createdAt: command.change.at },
    });
    expect(result).not.toHaveProperty('value.firstVersion');
  });

  it('given something for nothing, or an amount that is the sum of the items, then it is accepted', () => {
    expect(create({ ...command, amount: 0 })).toMatchObject({ ok: true, value: { amount: 0 } });
    const items = [{ sku: 'A', quantity: 2, unitAmount: 3 }];
    expect(create({ ...command, amount: 6, items })).toMatchObject({ ok: true, value: { amount: 6 } });
  });

  it('given items, when created without an amount, then the amount is their sum', () => {
    const items = [
      { sku: 'A', quantity: 2, unitAmount: 50 },
      { sku: 'B', quantity: 1, unitAmount: 7 },
    ];
    expect(create({ ...command, items })).toMatchObject({ ok: true, value: { amount: 107, items } });
  });

  it.each([
    ['neither amount nor items', {}, 'amount', 'amount-missing'],
    [
      'an amount that disagrees',
      { amount: 1, items: [{ sku: 'A', quantity: 1, unitAmount: 2 }] },
      'amount',
      'amount-disagrees',
    ],
    ['a negative amount', { amount: -1 }, 'amount', 'amount-invalid'],
    ['a broken amount', { amount: 1.5 }, 'amount', 'amount-invalid'],
    [
      'a total beyond 2^53',
      { items: [{ sku: 'A', quantity: 2, unitAmount: Number.MAX_SAFE_INTEGER }] },
      'items',
      'amount-too-large',
    ],
    ['an unknown currency', { amount: 1, currency: 'QQQ' }, 'currency', 'currency-unknown'],
  ])('given %s, then it is refused', (_, fields, field, code) => {
    expect(create({ ...command, ...fields })).toMatchObject({
      ok: false,
      error: { code: 'order-invalid', problems: [{ field, code }] },
    });
  });

  it('given a live order of that id, then it is refused', () => {
    expect(create({ ...command, amount: 1 }, live())).toEqual({ ok: false, error: { code: 'order-exists' } });
  });

  it('given a deleted order of that id, then its version goes on, and it knows which is its first', () => {
    expect(create({ ...command, amount: 1 }, deleted({ version: 4 }))).toMatchObject({
      value: { version: 5, firstVersion: 5 },
    });
  });

  it('given a clock that has not moved since the deleted order was made, then the new one is younger all the same', () => {
    expect(create({ ...command, amount: 1 }, deleted({ version: 2 }))).toMatchObject({
      value: { createdAt: '2026-11-22T10:00:00.001Z' },
    });
  });

  it('given a clock that has gone on, then the new order was made when the clock says', () => {
    expect(create({ ...command, amount: 1, change: later }, deleted({ version: 2 }))).toMatchObject({
      value: { createdAt: later.at },
    });
  });
});

describe('amending an order', () => {
  it('given a pending order, when the amount changes, then the version rises', () => {
    expect(amend(order(), { amount: 250 }, later)).toMatchObject({
      value: { amount: 250, version: 2, change: later },
    });
  });

  it('given a patch that says what is so already, then it is the very same order', () => {
    const before = order({ note: 'n' });
    expect(amend(before, { amount: 199, note: 'n' }, later)).toEqual({ ok: true, value: before });
  });

  it('given null, then the field is taken away', () => {
    const before = order({ note: 'n', items: [{ sku: 'A', quantity: 1, unitAmount: 199 }] });
    const result = amend(before, { note: null, items: null }, later);
    expect(result.ok && Object.keys(result.value)).toEqual(expect.not.arrayContaining(['note', 'items']));
    expect(result).toMatchObject({ value: { amount: 199, version: 2 } });
  });

  it('whatever is patched, then what it names changes, all else stays, and nothing new is no version', () => {
    const items = fc.array(fc.constantFrom(...ITEMS), { minLength: 1, maxLength: 2 });
    const note = fc.constantFrom('', 'n', 'm');
    const content = fc.record({ items, note }, { requiredKeys: [] });
    const nulls = { items: fc.option(items), note: fc.option(note) };
    const patches = fc.record(nulls, { requiredKeys: [] });
    fc.assert(
      fc.property(content, patches, fc.option(fc.nat(3), { nil: undefined }), (before, patch, stated) => {
        const start = { ...order(), ...before, ...(before.items && { amount: sum(before.items) }) };
        const merged = Object.fromEntries(
          Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null),
        ) as typeof before;
        const amount = merged.items ? sum(merged.items) : (stated ?? start.amount);
        const given = merged.items || stated === undefined ? patch : { ...patch, amount: stated };
        const { items: _, note: __, ...rest } = start;
        const expected = { ...rest, ...merged, amount };
        const result = amend(start, given, later);
        if (isDeepStrictEqual(expected, start)) expect(result.ok && result.value).toBe(start);
        else expect(result).toStrictEqual({ ok: true, value: { ...expected, version: 2, change: later } });
      }),
    );
  });

  it('given items, when only the amount is changed, then it is refused for disagreeing', () => {
    const before = order({ items: [{ sku: 'A', quantity: 1, unitAmount: 199 }] });
    expect(amend(before, { amount: 1 }, later)).toMatchObject({
      error: { problems: [{ code: 'amount-disagrees' }] },
    });
  });

  it('given new items, then the amount follows them', () => {
    const items = [{ sku: 'A', quantity: 3, unitAmount: 5 }];
    expect(amend(order(), { items }, later)).toMatchObject({ value: { amount: 15, items } });
  });

  it.each(ORDER_STATUSES.filter((status) => status !== 'PENDING'))(
    'given a %s order, then it is refused',
    (status) => {
      expect(amend(order({ status }), { amount: 1 }, later)).toMatchObject({
        error: { code: 'transition-forbidden', transition: 'amend', status },
      });
    },
  );
});

describe('moving an order along', () => {
  const names = Object.keys(TRANSITIONS) as Transition[];
  const cases = ORDER_STATUSES.flatMap((status) => names.map((name) => ({ status, name })));

  it.each(cases)(
    'given $status, when asked to $name, then the table of transitions decides',
    ({ status, name }) => {
      const before = order({ status });
      const result = transition(before, name, later);
      if (TRANSITIONS[name].to === status) expect(result).toEqual({ ok: true, value: before });
      else if (allowedTransitions(status).includes(name)) {
        expect(result).toMatchObject({ value: { status: TRANSITIONS[name].to, version: 2, change: later } });
      } else {
        expect(result).toEqual({
          ok: false,
          error: {
            code: 'transition-forbidden',
            transition: name,
            status,
            allowed: allowedTransitions(status),
          },
        });
      }
    },
  );

  it('says what is allowed from where', () => {
    expect(ORDER_STATUSES.map((status) => [status, allowedTransitions(status)])).toEqual([
      ['PENDING', ['confirm', 'cancel']],
      ['CONFIRMED', ['ship', 'cancel']],
      ['SHIPPED', ['deliver']],
      ['DELIVERED', []],
      ['CANCELLED', []],
    ]);
  });

  it('given a tracking number, when shipped, then the order keeps it, also delivered', () => {
    const shipped = transition(order({ status: 'CONFIRMED' }), 'ship', later, 'T1');
    expect(shipped).toMatchObject({ value: { status: 'SHIPPED', trackingNumber: 'T1' } });
    expect(shipped.ok && transition(shipped.value, 'deliver', later)).toMatchObject({
      value: { status: 'DELIVERED', trackingNumber: 'T1' },
    });
  });

  it('given no tracking number, when shipped, then the order has none', () => {
    const shipped = transition(order({ status: 'CONFIRMED' }), 'ship', later);
    expect(shipped).toMatchObject({ value: { status: 'SHIPPED' } });
    expect(shipped).not.toHaveProperty('value.trackingNumber');
  });

  it('given a tracking number, when confirmed, then it is not taken', () => {
    expect(transition(order(), 'confirm', later, 'T1')).not.toHaveProperty('value.trackingNumber');
  });
});

describe('deleting and restoring', () => {
  it('given a pending order, when its owner deletes it, then it is deleted in a version of its own', () => {
    expect(remove(live(), 'owner', later)).toMatchObject({
      value: { deleted: true, order: { version: 2, change: later } },
    });
  });

  it('given a confirmed order, then its owner may not, and staff may', () => {
    const record = live({ status: 'CONFIRMED' });
    expect(remove(record, 'owner', later)).toMatchObject({
      error: { code: 'transition-forbidden', transition: 'delete' },
    });
    expect(remove(record, 'staff', later)).toMatchObject({ value: { deleted: true } });
  });

  it('given a deleted order, when deleted again, then nothing changes', () => {
    const record = deleted({ status: 'SHIPPED' });
    expect(remove(record, 'owner', later)).toEqual({ ok: true, value: record });
  });

  it('given a deleted order, when restored, then it is live in the next version; a live one stays as it is', () => {
    expect(restore(deleted({ version: 2 }), later)).toMatchObject({ deleted: false, order: { version: 3 } });
    const record = live();
    expect(restore(record, later)).toBe(record);
  });
});
