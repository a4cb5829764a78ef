import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { eventIdOf } from '../dead-letters/message.ts';
import { isRecord } from '../filter.ts';

export interface AuditedEvent {
  /** The same for every copy of an order's event. */
  id: string;
  event: Record<string, unknown>;
  /** As the bus gave it. */
  json: string;
}

/** Undefined for a line that is no event. */
export function eventIn({ message = '' }: FilteredLogEvent): AuditedEvent | undefined {
  const event = parsed(message);
  const id = eventIdOf(event);
  return isRecord(event) && id !== undefined ? { id, event, json: message } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
