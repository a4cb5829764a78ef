import { RetentionDays } from 'aws-cdk-lib/aws-logs';

export interface Throttle {
  requestsPerSecond: number;
  burst: number;
}

export interface Stage {
  name: string;
  /** How long an order, and how long the tombstone of a deleted one, stays in the table. */
  orderRetentionDays: number;
  deletedRetentionDays: number;
  /** How long each line of an order's history stays: longer than the order, to tell how it ended. */
  historyRetentionDays: number;
  /** May only grow: orders written under a larger count are not found under a smaller one. */
  indexShards: number;
  defaultCurrency: string;
  eventSource: string;
  archiveDays: number;
  failureDays: number;
  logRetention: RetentionDays;
  logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** Deletion protection, and tables and logs that outlive the stack. */
  protectData: boolean;
  throttle: Throttle;
  /** For routes whose every request reads all shards of an index. */
  shardedThrottle: Throttle;
  /** For the documentation, whose files are large and for anyone. */
  docsThrottle: Throttle;
  corsOrigins: readonly string[];
  alarms: boolean;
  alarmEmail?: string;
}

const DEV: Stage = {
  name: 'dev',
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
  historyRetentionDays: 800,
  indexShards: 8,
  defaultCurrency: 'USD',
  eventSource: 'orders.service',
  archiveDays: 7,
  failureDays: 90,
  logRetention: RetentionDays.TWO_WEEKS,
  logLevel: 'INFO',
  protectData: false,
  throttle: { requestsPerSecond: 1_000, burst: 2_000 },
  shardedThrottle: { requestsPerSecond: 50, burst: 100 },
  docsThrottle: { requestsPerSecond: 50, burst: 100 },
  corsOrigins: [],
  alarms: true,
};

const PROD: Stage = {
  ...DEV,
  name: 'prod',
  archiveDays: 90,
  failureDays: 365,
  logRetention: RetentionDays.THREE_MONTHS,
  protectData: true,
  throttle: { requestsPerSecond: 5_000, burst: 2_500 },
  shardedThrottle: { requestsPerSecond: 100, burst: 200 },
};

export const STAGES: readonly Stage[] = [DEV, PROD];

export const stageNamed = (name: string): Stage => {
  const stage = STAGES.find((candidate) => candidate.name === name);
  if (!stage)
    throw new Error(`No stage "${name}": there are ${STAGES.map((known) => known.name).join(' and ')}`);
  return stage;
};
