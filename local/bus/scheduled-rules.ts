import type { Clock } from '../parts.ts';
import { createSchedule, type Scheduled } from '../schedule.ts';
import type { Rule } from './rules.ts';
import { timetableOf, type Timetable } from './schedule-expression.ts';

export interface ScheduledRules {
  /** From now on; a rate counts from here, as it does in the cloud from when its rule is made. */
  start(): void;
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Occasion extends Scheduled {
  rule: Rule;
  timetable: Timetable;
}

/** Fires the enabled scheduled rules at their times, each time once however late it is. */
export function createScheduledRules(parts: {
  rules: readonly Rule[];
  clock: Clock;
  fire: (rule: Rule, at: number) => Promise<void>;
  warn: (line: string) => void;
}): ScheduledRules {
  const { rules, clock, fire, warn } = parts;
  const advance = (occasion: Occasion, after: number) => {
    const next = occasion.timetable.next(after);
    if (next === undefined) occasion.done = true;
    else occasion.nextAt = next;
  };
  const schedule = createSchedule<Occasion>({
    clock,
    limit: Infinity,
    attempt: async (occasion) => {
      await fire(occasion.rule, occasion.nextAt);
      advance(occasion, occasion.nextAt);
    },
    failed: ({ rule }, error) =>
      warn(`rule ${rule.name} fires no more until the next start: ${String(error)}`),
  });
  return {
    start: () => {
      for (const rule of rules) {
        if (!rule.enabled || rule.schedule === undefined) continue;
        const occasion = { rule, timetable: timetableOf(rule.schedule), nextAt: 0, done: false };
        advance(occasion, clock.now());
        if (!occasion.done) schedule.add(occasion);
      }
    },
    idle: () => schedule.idle(),
    close: () => schedule.close(),
  };
}
