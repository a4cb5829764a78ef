import { CATEGORIES, customerId, email, orderId, sku, STATUSES, TOP_AMOUNT, TYPES } from './orders.ts';
import type { Random } from './random.ts';

/** What AWS's Java engine does: thousand events a second with 100 and with 1,000 rules, from JSON text. */
export interface Kind {
  readonly name: string;
  readonly reference: readonly [number, number];
  readonly rule: (random: Random, place: number) => object;
}

const type = (random: Random) => [random.pick(TYPES)];

function amounts(random: Random): [number, number] {
  const low = random.below(TOP_AMOUNT * 0.95);
  return [low, low + TOP_AMOUNT * 0.05];
}

const exact: Kind['rule'] = (random, place) => ({
  source: ['orders.service'],
  'detail-type': type(random),
  detail: { data: { customerId: [customerId(place)] } },
});

const prefix: Kind['rule'] = (random) => ({
  source: ['orders.service'],
  detail: { data: { orderId: [{ prefix: orderId(random.below(100_000)).slice(0, 6 + random.below(3)) }] } },
});

const suffix: Kind['rule'] = (random, place) => ({
  source: ['orders.service'],
  detail: { data: { email: [{ suffix: email(place).slice(random.below(4)) }] } },
});

const wildcard: Kind['rule'] = (_, place) => ({
  source: ['orders.service'],
  detail: {
    data: { email: [{ wildcard: `buyer${String(place % 100)}*@shop-${String(place % 250)}*.example` }] },
  },
});

const anythingBut: Kind['rule'] = (random) => ({
  'detail-type': type(random),
  detail: { data: { status: [{ 'anything-but': [random.pick(STATUSES), random.pick(STATUSES)] }] } },
});

const numeric: Kind['rule'] = (random) => {
  const [low, high] = amounts(random);
  return { detail: { data: { amount: [{ numeric: ['>=', low, '<', high] }] } } };
};

const arrays: Kind['rule'] = (random, place) => ({
  detail: {
    data: {
      items: {
        sku: [sku(place)],
        quantity: [{ numeric: ['>', random.below(5)] }],
        category: [random.pick(CATEGORIES)],
      },
    },
  },
});

const parts = [exact, prefix, suffix, wildcard, anythingBut, numeric, arrays];

const mixed: Kind['rule'] = (random, place) => random.pick(parts)(random, place);

export const KINDS: readonly Kind[] = [
  { name: 'exact', reference: [330, 377], rule: exact },
  { name: 'prefix', reference: [451, 389], rule: prefix },
  { name: 'suffix', reference: [523, 504], rule: suffix },
  { name: 'wildcard', reference: [363, 304], rule: wildcard },
  { name: 'anything-but', reference: [174, 21], rule: anythingBut },
  { name: 'numeric', reference: [302, 35], rule: numeric },
  { name: 'arrays of objects', reference: [189, 199], rule: arrays },
  { name: 'mixed', reference: [156, 61], rule: mixed },
];
