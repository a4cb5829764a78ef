import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { PER_MINUTE } from './metrics.ts';

/** What raises an alarm. */
export interface Trigger {
  name: string;
  metric: IMetric;
  above: number;
  /** Periods above the threshold, of the last so many: one bad minute of a rate or an age may pass. */
  periods?: readonly [bad: number, of: number];
  /** Whom it calls: somebody at once, somebody in working hours, or nobody but the alarms that are made of it. */
  calls: 'page' | 'ticket' | 'nobody';
  /** What is the matter, in a sentence or two. */
  says: string;
  /** docs/runbooks/NAME.md */
  runbook: string;
}

export const described = ({ says, runbook }: Pick<Trigger, 'says' | 'runbook'>): string =>
  `${says} Runbook: docs/runbooks/${runbook}.md`;

export const alarmOf = (scope: Construct, trigger: Trigger): Alarm => {
  const { name, metric, above, periods: [bad, of] = [1, 1] } = trigger;
  return new Alarm(scope, name, {
    alarmName: name,
    alarmDescription: described(trigger),
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    datapointsToAlarm: bad,
    evaluationPeriods: of,
    // EventBridge, DynamoDB and Lambda send many of these metrics only when they are not zero.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
};

/** Of metrics of one minute. A FILL is never judged by a single period: CloudWatch may get the newest value late. */
export const perMinute = (
  label: string,
  expression: string,
  usingMetrics: Record<string, IMetric>,
): IMetric => new MathExpression({ label, expression, usingMetrics, ...PER_MINUTE });
