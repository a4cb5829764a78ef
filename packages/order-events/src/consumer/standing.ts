import { InvalidOrderEventError, type Issue } from '../contract/invalid-order-event-error.ts';
import type { OrderKey, Position } from './store.ts';

/** What a consumer must know of any event, those of later releases too. */
export interface Standing {
  order: OrderKey;
  position: Position;
  /** Whether the life of the order begins with it. */
  isFirst: boolean;
}

type Fields = Record<string, unknown>;

/** @throws InvalidOrderEventError where order, creation or sequence are missing. */
export function standingOf(event: unknown): Standing {
  const detail = within(event, 'detail');
  const { customerId, orderId, createdAt } = within(within(detail, 'data'), 'order');
  const { sequence } = within(detail, 'metadata');
  const issues: Issue[] = [];
  const text = (name: string, value: unknown): string => {
    if (typeof value === 'string' && value !== '') return value;
    issues.push({ path: ['detail', 'data', 'order', name], message: 'wanted text' });
    return '';
  };
  const order = { customerId: text('customerId', customerId), orderId: text('orderId', orderId) };
  const position = { createdAt: text('createdAt', createdAt), sequence: Number(sequence) };
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 1)
    issues.push({ path: ['detail', 'metadata', 'sequence'], message: 'wanted a whole number from 1' });
  if (issues.length > 0) throw new InvalidOrderEventError(issues);
  return { order, position, isFirst: within({ event }, 'event')['detail-type'] === 'OrderCreated' };
}

const within = (value: unknown, name: string): Fields => {
  const found = isFields(value) ? value[name] : undefined;
  return isFields(found) ? found : {};
};
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
