import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { compile } from '../../packages/event-pattern/src/index.ts';
import type { Clients } from '../aws/clients.ts';
import { rulesOf } from '../aws/rules.ts';
import { serviceIn } from '../aws/names.ts';
import { Failed } from '../command.ts';
import { eventIdOf } from '../dead-letters/message.ts';
import { isRecord } from '../filter.ts';
import type { ReplayRequest } from './request.ts';

export interface AuditedEvent {
  id: string;
  /** As the bus gave it. */
  json: string;
}

/** The stream may be a day behind a change, and the delivery to the log another. */
const latestMs = 48 * 3_600_000;

/** The log group that keeps whole events of the bus. */
export async function auditLogOf(bus: string, { events }: Clients): Promise<string> {
  for (const { targets } of await rulesOf(events, bus)) {
    const target = targets.find(
      ({ Arn = '', Input, InputPath, InputTransformer }) =>
        serviceIn(Arn) === 'logs' && Input === undefined && InputPath === undefined && !InputTransformer,
    );
    if (target?.Arn !== undefined) return target.Arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
  }
  throw new Failed(
    `No rule of the bus ${bus} keeps whole events in a log group, and an archive cannot be read: without --order, --type and --rate it can be replayed.`,
  );
}

/** The events in the log that the request asks for and the rule matches, each once, in the order of the log. */
export async function* auditedEvents(
  logGroupName: string,
  { rule, from, to, order, types }: ReplayRequest,
  { logs }: Clients,
): AsyncGenerator<AuditedEvent> {
  const matcher = compile(rule.pattern);
  const seen = new Set<string>();
  const pages = paginateFilterLogEvents(
    { client: logs },
    {
      logGroupName,
      startTime: from,
      endTime: to + latestMs,
      ...(order && !/["\\]/.test(order.orderId) && { filterPattern: `"${order.orderId}"` }),
    },
  );
  for await (const { events = [] } of pages) {
    for (const { message = '' } of events) {
      const event = parsed(message);
      const id = eventIdOf(event);
      if (!isRecord(event) || id === undefined || seen.has(id)) continue;
      const at = Date.parse(String(event['time']));
      // An event's time has no fractions of a second.
      if (at < Math.floor(from / 1000) * 1000 || at >= to) continue;
      if (types.length > 0 && !types.includes(String(event['detail-type']))) continue;
      if (order && !isOf(event, order)) continue;
      if (!matcher.matches(message)) continue;
      seen.add(id);
      yield { id, json: message };
    }
  }
}

function isOf(event: Record<string, unknown>, wanted: { customerId: string; orderId: string }): boolean {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const data = isRecord(detail['data']) ? detail['data'] : {};
  const order = isRecord(data['order']) ? data['order'] : {};
  return order['customerId'] === wanted.customerId && order['orderId'] === wanted.orderId;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
