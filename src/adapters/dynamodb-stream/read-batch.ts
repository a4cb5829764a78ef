import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { OrderChange, publishOrderChanges } from '../../application/publish-order-changes.ts';
import type { Result } from '../../domain/result.ts';
import { workUntil } from '../deadline.ts';
import { correlate } from '../observability/logger.ts';
import type { OrderMetrics } from '../observability/metrics.ts';
import { loggedChange } from './logged-change.ts';

interface Dependencies {
  toOrderChange: (record: DynamoDBRecord) => Result<OrderChange, { reason: string }>;
  publishOrderChanges: ReturnType<typeof publishOrderChanges>;
  logger: Logger;
  metrics: OrderMetrics;
  /** What a customer is called in logs. */
  customerName: (customerId: string) => string;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

export type StreamHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

const sequenceNumber = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

/** What is not said to be done is not done. */
const UNTOLD = { outcome: 'failed', reason: 'no outcome' } as const;

/** Sequence numbers have up to 40 digits: too many for a number, and no common length to compare as text. */
const lowest = (numbers: string[]): string | undefined =>
  numbers.reduce<string | undefined>(
    (least, number) => (least === undefined || BigInt(number) < BigInt(least) ? number : least),
    undefined,
  );

/** Lambda goes on after what succeeded, and delivers again from the lowest failed sequence number. */
export const readBatch =
  ({
    toOrderChange,
    publishOrderChanges,
    logger,
    metrics,
    customerName,
    now = Date.now,
  }: Dependencies): StreamHandler =>
  async ({ Records }, context) => {
    logger.addContext(context);
    const deadline = workUntil(context, now());
    const received = Records.map((record) => ({
      id: record.eventID ?? sequenceNumber(record),
      change: toOrderChange(record),
      payload: record,
    }));
    const outcomes = await publishOrderChanges(received, deadline);

    const failed: string[] = [];
    for (const [place, { change, payload: record }] of received.entries()) {
      const outcome = outcomes[place] ?? UNTOLD;
      const known = change.ok ? (change.value.after ?? change.value.before) : undefined;
      correlate(logger, known?.order.change ?? {});
      const entry = { ...loggedChange(record, change, customerName), ...outcomeFields(outcome) };
      if (outcome.outcome === 'failed' || outcome.outcome === 'parked') logger.error('order change', entry);
      else logger.info('order change', entry);
      if (outcome.outcome === 'failed') failed.push(sequenceNumber(record));
    }
    metrics.published(outcomes, now());
    const itemIdentifier = lowest(failed);
    return { batchItemFailures: itemIdentifier === undefined ? [] : [{ itemIdentifier }] };
  };

type Outcome = Awaited<ReturnType<ReturnType<typeof publishOrderChanges>>>[number];

const outcomeFields = (outcome: Outcome) =>
  outcome.outcome === 'published' ? { outcome: outcome.outcome, eventType: outcome.event.type } : outcome;
