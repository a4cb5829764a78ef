import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { ordersMetric } from './metrics.ts';
import type { Trigger } from './trigger.ts';

/** The promise: so many percent of the events are on the bus within so many milliseconds of their change. */
export const LAG_OBJECTIVE = { percent: 99.9, withinMs: 5_000 } as const;

/** The percentage of values up to it. */
export const WITHIN = `PR(:${LAG_OBJECTIVE.withinMs})`;

const allowedPercent = (100 - LAG_OBJECTIVE.percent).toFixed(1);

/**
 * How many times faster than allowed the promise is used up: 1 would use up a month's allowance in a month. Fewer than
 * `fewest` late events say nothing: one of a quiet hour would be ten times too many.
 */
const burn = (window: Duration, fewest: number) =>
  new MathExpression({
    label: `Burn over ${window.toHumanString()}`,
    expression: `IF(events * (100 - within) / 100 >= ${fewest}, (100 - within) / ${allowedPercent}, 0)`,
    usingMetrics: {
      within: ordersMetric('lag', { statistic: WITHIN, period: window }),
      events: ordersMetric('lag', { statistic: Stats.SAMPLE_COUNT, period: window }),
    },
    period: window,
  });

const LATE = `Over ${allowedPercent} % of the events are later than ${LAG_OBJECTIVE.withinMs / 1_000} s`;

/** Fast: a fiftieth of the month's allowance in an hour, and still going on. Slow: a twentieth in six hours. */
export const lagTriggers = (): Record<'fastHour' | 'fastMinutes' | 'slow', Trigger> => ({
  fastHour: {
    name: 'orders-lag-last-hour',
    metric: burn(Duration.hours(1), 3),
    above: 14.4,
    calls: 'nobody',
    says: `${LATE}, fourteen times as many as are allowed, over the last hour.`,
    runbook: 'publish-lag',
  },
  fastMinutes: {
    name: 'orders-lag-last-minutes',
    metric: burn(Duration.minutes(5), 1),
    above: 14.4,
    calls: 'nobody',
    says: `${LATE}, fourteen times as many as are allowed, over the last five minutes.`,
    runbook: 'publish-lag',
  },
  slow: {
    name: 'orders-lag-last-six-hours',
    metric: burn(Duration.hours(6), 3),
    above: 6,
    calls: 'ticket',
    says: `${LATE}, six times as many as are allowed, over the last six hours.`,
    runbook: 'publish-lag',
  },
});
