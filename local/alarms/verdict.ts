import type { AlarmState, MetricAlarm } from './settings.ts';

/** CloudWatch looks further back than the periods that it evaluates; by how much, it does not say: its examples show two. */
export const furtherBack = 2;

type Rules = Pick<MetricAlarm, 'evaluationPeriods' | 'datapointsToAlarm' | 'missing'>;

/**
 * The state that follows from the newest data points, oldest first: whether each breaches, or undefined where there is none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function verdictOf(
  points: readonly (boolean | undefined)[],
  rules: Rules,
  current: AlarmState,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missing } = rules;
  const real = points.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const breaching = real.filter(Boolean).length;
  const filled = evaluationPeriods - real.length;
  if (missing === 'breaching') return breaching + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (breaching >= datapointsToAlarm) return 'ALARM';
  if (filled === 0 || missing === 'notBreaching' || breaching < real.length) return 'OK';
  // Every point there is breaches, or there is none.
  if (missing === 'ignore') return current;
  const oldest = points.length - points.indexOf(true);
  return breaching > 0 && oldest >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}
