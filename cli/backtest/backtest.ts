import type { Matcher } from '../../packages/event-pattern/src/index.ts';
import type { AuditedEvent } from '../audit-log/audited-event.ts';
import { createMisses, type Miss } from './misses.ts';

export interface Backtest {
  events: number;
  matched: number;
  /** Of those that match, the latest first. */
  newest: Record<string, unknown>[];
  missed: Miss[];
}

/** What the rule would have done with the events. */
export async function backtest(
  matcher: Matcher,
  events: AsyncIterable<AuditedEvent>,
  shown: number,
): Promise<Backtest> {
  const misses = createMisses();
  const newest: Record<string, unknown>[] = [];
  let [count, matched] = [0, 0];
  for await (const { event, json } of events) {
    count += 1;
    if (!matcher.matches(json)) {
      misses.add(matcher.explain(json));
      continue;
    }
    matched += 1;
    newest.push(event);
    if (newest.length > shown) newest.shift();
  }
  return { events: count, matched, newest: newest.reverse(), missed: misses.list() };
}
