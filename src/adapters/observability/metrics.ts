import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { ChangeOutcome } from '../../application/publish-order-changes.ts';
import type { OrderEventType } from '../../domain/order.ts';
import { METRICS } from '../names.ts';

export interface OrderMetrics {
  /** Counts what came of a batch, at `now` in milliseconds since the epoch, and hands it to CloudWatch. */
  published(outcomes: readonly ChangeOutcome[], now: number): void;
}

/** The steps of an order's way that are counted. */
const STEPS: Partial<Record<OrderEventType, string>> = {
  OrderCreated: METRICS.created,
  OrderConfirmed: METRICS.confirmed,
  OrderShipped: METRICS.shipped,
  OrderDelivered: METRICS.delivered,
  OrderCancelled: METRICS.cancelled,
};

export const createMetrics = (metrics = new Metrics()): OrderMetrics => ({
  published: (outcomes, now) => {
    const counted = outcomes.filter((each) => each.outcome !== 'nothing');
    // Powertools warns of metrics without any, in a line that is not one of ours.
    if (counted.length === 0) return;
    for (const outcome of counted) {
      if (outcome.outcome !== 'published') {
        metrics.addMetric(METRICS[outcome.outcome], MetricUnit.Count, 1);
        continue;
      }
      const { type, change } = outcome.event;
      metrics.addMetric(METRICS.published, MetricUnit.Count, 1);
      // DynamoDB removes what expired hours later, and nobody waits for it.
      if (type !== 'OrderExpired')
        metrics.addMetric(METRICS.lag, MetricUnit.Milliseconds, Math.max(0, now - Date.parse(change.at)));
      const step = STEPS[type];
      if (step !== undefined) metrics.addMetric(step, MetricUnit.Count, 1);
    }
    metrics.publishStoredMetrics();
  },
});
