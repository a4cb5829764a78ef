import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { ChangeOutcome } from '../../application/publish-order-changes.ts';

export interface OrderMetrics {
  /** Counts what came of a batch, at `now` in milliseconds since the epoch, and hands it to CloudWatch. */
  published(outcomes: readonly ChangeOutcome[], now: number): void;
}

export const createMetrics = (metrics = new Metrics()): OrderMetrics => ({
  published: (outcomes, now) => {
    for (const outcome of outcomes) {
      if (outcome.outcome === 'nothing') continue;
      if (outcome.outcome !== 'published') {
        metrics.addMetric('EventsFailed', MetricUnit.Count, 1);
        continue;
      }
      const { type, change } = outcome.event;
      metrics.addMetric('EventsPublished', MetricUnit.Count, 1);
      metrics.addMetric('PublishLag', MetricUnit.Milliseconds, Math.max(0, now - Date.parse(change.at)));
      if (type === 'OrderCreated') metrics.addMetric('OrdersCreated', MetricUnit.Count, 1);
    }
    metrics.publishStoredMetrics();
  },
});
