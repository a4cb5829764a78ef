import type { Matcher } from '../../packages/event-pattern/src/index.ts';
import { UsageError, type Given, type Options } from '../command.ts';
import { knownType } from '../event-types.ts';
import { isRecord } from '../filter.ts';

/** Which events are asked for; all of it must hold. */
export interface Selection {
  types: readonly string[];
  customer?: string;
  order?: { customerId: string; orderId: string };
  rule?: Pick<Matcher, 'matches'>;
}

export const selectionOptions = {
  type: { type: 'string', multiple: true },
  order: { type: 'string' },
  customer: { type: 'string' },
} as const satisfies Options;

export function selectionIn(given: Given): Selection {
  const order = orderIn(given.text('order'));
  const customer = given.text('customer');
  return {
    types: given.texts('type').map(knownType),
    ...(order && { order }),
    ...(customer !== undefined && { customer }),
  };
}

function orderIn(given: string | undefined): Selection['order'] {
  if (given === undefined) return undefined;
  const [customerId, orderId, more] = given.split('/');
  // Order ids are unique per customer only.
  if (!customerId || !orderId || more !== undefined)
    throw new UsageError(`--order takes CUSTOMER/ORDER, not "${given}".`);
  return { customerId, orderId };
}

export function isSelected(
  { types, customer, order, rule }: Selection,
  event: Record<string, unknown>,
  json: string,
): boolean {
  if (types.length > 0 && !types.includes(String(event['detail-type']))) return false;
  const { customerId, orderId } = orderOf(event);
  if (customer !== undefined && customerId !== customer) return false;
  if (order && (customerId !== order.customerId || orderId !== order.orderId)) return false;
  return rule?.matches(json) ?? true;
}

/** Terms that every line asked for contains: CloudWatch Logs then sends few others. */
export function termsOf({ types, customer, order }: Selection): { filterPattern?: string } {
  const [type, another] = types;
  const terms = [another === undefined ? type : undefined, customer, order?.customerId, order?.orderId];
  const quotable = terms.filter((term): term is string => term !== undefined && !/["\\]/.test(term));
  return quotable.length > 0 ? { filterPattern: quotable.map((term) => `"${term}"`).join(' ') } : {};
}

/** The order that the event is about; empty for another's event. */
export function orderOf(event: Record<string, unknown>): Record<string, unknown> {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const data = isRecord(detail['data']) ? detail['data'] : {};
  return isRecord(data['order']) ? data['order'] : {};
}
