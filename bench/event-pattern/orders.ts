import { Random } from './random.ts';

export const TYPES = ['OrderCreated', 'OrderUpdated', 'OrderShipped', 'OrderDelivered', 'OrderCancelled'];
export const STATUSES = [
  'PENDING',
  'CONFIRMED',
  'PAID',
  'PACKED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'RETURNED',
];
export const CATEGORIES = ['books', 'electronics', 'toys', 'garden', 'sports'];
const CUSTOMERS = 1000;
const SKUS = 1000;
export const TOP_AMOUNT = 10_000;

/** Whole EventBridge events about orders, of some 800 bytes of JSON each. */
export function orderEvents(count: number): object[] {
  const random = new Random(1);
  return Array.from({ length: count }, () => orderEvent(random));
}

export function customerId(number: number): string {
  return `cust-${String(number).padStart(5, '0')}`;
}

export function orderId(number: number): string {
  return `ord_${(Math.imul(number, 2654435761) >>> 0).toString(16).padStart(8, '0')}`;
}

export function sku(number: number): string {
  return `SKU-${String(number).padStart(4, '0')}-${(number * 7) % 97}`;
}

export function email(number: number): string {
  return `buyer${String(number)}@shop-${String(number % 250)}.example`;
}

function orderEvent(random: Random): object {
  const customer = random.below(CUSTOMERS);
  const status = random.pick(STATUSES);
  return {
    version: '0',
    id: `${hex(random, 8)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 4)}-${hex(random, 12)}`,
    'detail-type': random.pick(TYPES),
    source: 'orders.service',
    account: '123456789012',
    time: '2026-11-22T08:15:30Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      metadata: { eventVersion: '1.0', correlationId: hex(random, 16) },
      data: {
        orderId: orderId(random.below(100_000)),
        customerId: customerId(customer),
        email: email(customer),
        status,
        amount: random.below(TOP_AMOUNT * 100) / 100,
        currency: random.pick(['EUR', 'USD', 'GBP']),
        items: Array.from({ length: 3 }, () => ({
          sku: sku(random.below(SKUS)),
          quantity: 1 + random.below(9),
          price: random.below(50_000) / 100,
          category: random.pick(CATEGORIES),
        })),
        shipping: {
          method: random.pick(['standard', 'express']),
          country: 'DE',
          zip: String(10_000 + random.below(90_000)),
        },
      },
    },
  };
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
}
