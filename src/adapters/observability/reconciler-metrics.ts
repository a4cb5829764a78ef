import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Finding } from '../../application/reconcile-day.ts';
import { METRICS } from '../names.ts';

export interface ReconcilerMetrics {
  /** Counts the orders that were compared, and what was found missing, and hands it to CloudWatch. */
  reconciled(compared: number, findings: readonly Finding[]): void;
}

export const createReconcilerMetrics = (metrics = new Metrics()): ReconcilerMetrics => ({
  reconciled: (compared, findings) => {
    const count = (name: string, counts: (finding: Finding) => boolean) =>
      metrics.addMetric(name, MetricUnit.Count, findings.filter(counts).length);
    metrics.addMetric(METRICS.reconciled, MetricUnit.Count, compared);
    count(METRICS.reemitted, ({ latest }) => latest === 're-emitted');
    count(METRICS.failed, ({ latest }) => latest === 'failed');
    count(METRICS.gaps, ({ gaps, latest }) => gaps.length > 0 || ['unstated', 'refused'].includes(latest));
    metrics.publishStoredMetrics();
  },
});
