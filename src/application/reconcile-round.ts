import type { Clock, Round, Rounds } from './ports.ts';
import type { Finding, reconcileDay, ReconciledPage } from './reconcile-day.ts';

export interface RoundReport {
  compared: number;
  findings: Finding[];
  /** Whether nothing is left of the round. */
  done: boolean;
}

interface Dependencies {
  reconcileDay: ReturnType<typeof reconcileDay>;
  rounds: Rounds;
  clock: Clock;
  graceMinutes: number;
  orderRetentionDays: number;
}

const DAY_MS = 86_400_000;
/** Enough for a page, its retries included. */
const PAGE_MS = 10_000;

/** An invocation's share of a round, so that each is short: 400 days take 20 hourly ones. */
const DAYS_AT_ONCE = 20;

const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Goes on with the round under way, or begins one a day after the last; each compares what changed since the one before
 * it. What was done is kept page by page, so that the next invocation goes on wherever this one ends; `tell` hears of each
 * page before, since a kept one is not compared again.
 */
export const reconcileRound =
  ({ reconcileDay, rounds, clock, graceMinutes, orderRetentionDays }: Dependencies) =>
  async (deadline: number, tell: (page: ReconciledPage) => void): Promise<RoundReport> => {
    const begun = (last: Round | undefined): Round | undefined => {
      const until = Date.parse(clock()) - graceMinutes * 60_000;
      if (last && until < Date.parse(last.until) + DAY_MS) return undefined;
      const round = { until: new Date(until).toISOString(), next: { day: dayAt(until) } };
      return last ? { ...round, after: last.until } : round;
    };
    /** What is done of the round once the page is, undefined as its end where the day ends. */
    const advanced = ({ next, ...round }: Round, position: string | undefined): Round => {
      if (!next) return round;
      if (position !== undefined) return { ...round, next: { day: next.day, position } };
      const day = dayAt(Date.parse(next.day) - DAY_MS);
      const oldest = dayAt(Date.parse(round.until) - orderRetentionDays * DAY_MS);
      return day < oldest ? round : { ...round, next: { day } };
    };

    const report: RoundReport = { compared: 0, findings: [], done: true };
    const last = await rounds.last();
    let round = last?.next ? last : begun(last);
    let daysDone = 0;
    while (round?.next) {
      if (daysDone === DAYS_AT_ONCE || Date.parse(clock()) + PAGE_MS > deadline)
        return { ...report, done: false };
      const { next, ...times }: Round = round;
      const page = await reconcileDay({ ...times, ...next }, deadline);
      tell(page);
      report.compared += page.compared;
      report.findings.push(...page.findings);
      // The page stays the next one, and is compared again.
      if (page.findings.some(({ latest }) => latest === 'failed')) return { ...report, done: false };
      if (page.next === undefined) daysDone += 1;
      round = advanced(round, page.next);
      await rounds.keep(round);
    }
    return report;
  };
