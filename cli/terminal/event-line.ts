import { orderOf } from '../audit-log/selection.ts';
import { isRecord } from '../filter.ts';
import { oneLine } from './table.ts';
import type { Terminal } from './terminal.ts';

const widestType = 'OrderConfirmed'.length;

/** When, what, which order and version, and its state: one line of a list that grows. */
export function eventLine(event: Record<string, unknown>, terminal: Terminal): string {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const metadata = isRecord(detail['metadata']) ? detail['metadata'] : {};
  const order = orderOf(event);
  const replay = event['replay-name'];
  return [
    terminal.faint(text(metadata['occurredAt'] ?? event['time']).padEnd(24)),
    terminal.strong(text(event['detail-type']).padEnd(widestType)),
    `${text(order['customerId'])}/${text(order['orderId'])}`,
    `version ${text(metadata['sequence'])}`,
    text(order['status']),
    `${text(order['amount'])} ${text(order['currency'])}`,
    ...(replay === undefined ? [] : [`(replay ${text(replay)})`]),
  ].join('  ');
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? oneLine(String(value)) : '-';
