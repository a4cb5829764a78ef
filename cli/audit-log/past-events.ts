import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../aws/clients.ts';
import { eventIn, type AuditedEvent } from './audited-event.ts';
import { isSelected, termsOf, type Selection } from './selection.ts';

/** In milliseconds; `to` is no longer part of it. */
export interface Span {
  from: number;
  to: number;
}

/** The stream may be a day behind a change, and the delivery to the log another. */
const latestMs = 48 * 3_600_000;

/** The events in the log that are asked for, by the times of the events, each once, in the order of the log. */
export async function* pastEvents(
  logGroupName: string,
  { from, to }: Span,
  selection: Selection,
  { logs }: Pick<Clients, 'logs'>,
): AsyncGenerator<AuditedEvent> {
  const seen = new Set<string>();
  const pages = paginateFilterLogEvents(
    { client: logs },
    { logGroupName, startTime: from, endTime: to + latestMs, ...termsOf(selection) },
  );
  for await (const { events = [] } of pages) {
    for (const line of events) {
      const audited = eventIn(line);
      if (!audited || seen.has(audited.id)) continue;
      const { id, event, json } = audited;
      const at = Date.parse(String(event['time']));
      // An event's time has no fractions of a second.
      if (at < Math.floor(from / 1000) * 1000 || at >= to) continue;
      if (!isSelected(selection, event, json)) continue;
      seen.add(id);
      yield audited;
    }
  }
}
