import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Clock } from '../../application/ports.ts';
import type { Finding, reconcileDay } from '../../application/reconcile-day.ts';
import type { reconcileRound } from '../../application/reconcile-round.ts';
import type { ReconcilerMetrics } from '../observability/reconciler-metrics.ts';
import { workUntil } from '../deadline.ts';
import { defined } from '../order-input.ts';

interface Dependencies {
  reconcileDay: ReturnType<typeof reconcileDay>;
  reconcileRound: ReturnType<typeof reconcileRound>;
  clock: Clock;
  graceMinutes: number;
  logger: Logger;
  metrics: ReconcilerMetrics;
}

export type ReconcilerHandler = (event: unknown, context: Context) => Promise<unknown>;

/** The schedule asks for `round`, the operator's command for one page of a day after the other. */
const request = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('round') }),
  z.strictObject({
    action: z.literal('day'),
    day: z.iso.date(),
    position: z.optional(z.string()),
    graceMinutes: z.optional(z.int().check(z.minimum(0))),
    dryRun: z.optional(z.boolean()),
  }),
]);

// Not the customer: logs hold no customer ids.
const logged = ({ orderId, version, gaps, latest, reason }: Finding) => ({
  orderId,
  version,
  gaps,
  latest,
  reason,
});

export const reconcilerHandler =
  ({ reconcileDay, reconcileRound, clock, graceMinutes, logger, metrics }: Dependencies): ReconcilerHandler =>
  async (event, context) => {
    logger.addContext(context);
    const asked = request.parse(event);
    const now = Date.parse(clock());
    const deadline = workUntil(context, now);
    const log = (findings: readonly Finding[]) => {
      for (const finding of findings) logger.warn('history incomplete', logged(finding));
    };
    if (asked.action === 'round') {
      const { compared, findings, done } = await reconcileRound(deadline, (page) => {
        log(page.findings);
        metrics.reconciled(page.compared, page.findings);
      });
      logger.info('reconciled', { compared, found: findings.length, done });
      const failed = findings.filter(({ latest }) => latest === 'failed');
      // As an error of the function it raises an alarm: the round stands still until they can be published.
      if (failed.length > 0)
        throw new Error(`${failed.length} events could not be published: ${failed[0]?.reason}`);
      return { compared, found: findings.length, done };
    }
    const { day, position, dryRun, graceMinutes: grace = graceMinutes } = asked;
    const until = new Date(now - grace * 60_000).toISOString();
    const page = await reconcileDay({ day, until, ...defined({ position, dryRun }) }, deadline);
    log(page.findings);
    return page;
  };
