import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { isAway, isNamed } from '../aws/failures.ts';
import type { Context } from '../command.ts';
import { eventIn, type AuditedEvent } from './audited-event.ts';
import { isSelected, termsOf, type Selection } from './selection.ts';

const pollMs = 1_000;
const longestPauseMs = 10_000;
/** So much later than others a line may appear in what CloudWatch Logs answers. */
const settlingMs = 60_000;

/**
 * The events that reach the log from `since` on and are asked for, until `interrupted` aborts. Goes on where it was when
 * the endpoint was away for a while; rejects when it cannot be asked at first.
 */
export async function* comingEvents(
  logGroupName: string,
  since: number,
  selection: Selection,
  { clients, terminal, interrupted, pause }: Pick<Context, 'clients' | 'terminal' | 'interrupted' | 'pause'>,
): AsyncGenerator<AuditedEvent> {
  const seen = new Map<string, number>();
  let newest = since;
  let wasAnswered = false;
  let failures = 0;
  while (!interrupted.aborted) {
    const startTime = Math.max(since, newest - settlingMs);
    const input = { logGroupName, startTime, ...termsOf(selection) };
    try {
      const pages = paginateFilterLogEvents({ client: clients.logs }, input, { abortSignal: interrupted });
      for await (const { events = [] } of pages) {
        if (failures > 0) terminal.say('It is back.');
        failures = 0;
        wasAnswered = true;
        for (const line of events) {
          const audited = eventIn(line);
          if (!audited) continue;
          const delivery = deliveryOf(audited);
          if (seen.has(delivery)) continue;
          const { timestamp = since } = line;
          seen.set(delivery, timestamp);
          newest = Math.max(newest, timestamp);
          if (isSelected(selection, audited.event, audited.json)) yield audited;
        }
      }
    } catch (error) {
      if (isNamed(error, 'AbortError')) return;
      if (!wasAnswered || !isAway(error)) throw error;
      if (failures === 0) terminal.say('The endpoint is away: waiting for it to come back.');
      failures += 1;
    }
    for (const [delivery, at] of seen) if (at < newest - settlingMs) seen.delete(delivery);
    await pause(Math.min(pollMs * 2 ** failures, longestPauseMs), interrupted);
  }
}

/** A replay brings an event again; EventBridge may write one twice. */
const deliveryOf = ({ event }: AuditedEvent): string =>
  JSON.stringify([event['id'], event['replay-name'] ?? null]);
