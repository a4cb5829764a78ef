import { randomUUID } from 'node:crypto';
import type { Clock, Journal, Objects, Queues } from '../parts.ts';
import type { MappingSettings } from './settings.ts';
import type { StreamRecord } from './source.ts';

export interface Discarded {
  shard: string;
  records: readonly StreamRecord[];
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  attempts: number;
  requestId?: string;
  functionError?: 'Unhandled' | null;
}

export interface Destinations {
  queues: Pick<Queues, 'sending'>;
  objects: Pick<Objects, 'put'>;
  journal: Journal;
}

/** Resolves when the record of the failure is on disk; rejects when its destination does not exist. */
export async function keep(
  discarded: Discarded,
  settings: MappingSettings,
  functionArn: string,
  clock: Clock,
  { queues, objects, journal }: Destinations,
): Promise<void> {
  const { id, onFailure } = settings;
  if (onFailure === undefined) return;
  const at = new Date(clock.now()).toISOString();
  const record = recordOf(discarded, settings.streamArn, functionArn, at);
  if (onFailure.startsWith('arn:aws:s3:::')) {
    const payload = JSON.stringify({ Records: discarded.records });
    const key = `aws/lambda/${id}/${discarded.shard}/${at.slice(0, 10).replaceAll('-', '/')}/${at
      .slice(0, 19)
      .replaceAll(':', '.')}-${randomUUID()}`;
    await objects.put(
      onFailure.slice('arn:aws:s3:::'.length),
      key,
      Buffer.from(JSON.stringify({ ...record, payload })),
    );
    return;
  }
  const entry = queues.sending(onFailure, { body: JSON.stringify(record), attributes: {} });
  if (!entry) throw new Error(`there is no queue ${onFailure}`);
  await journal.append(entry);
}

function recordOf(discarded: Discarded, streamArn: string, functionArn: string, timestamp: string) {
  const { shard, records, condition, attempts, requestId = randomUUID(), functionError = null } = discarded;
  const first = records[0]?.dynamodb;
  const last = records.at(-1)?.dynamodb;
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: attempts },
    // A record that grew too old has none, whatever came before.
    ...(condition === 'RetryAttemptsExhausted' && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError },
    }),
    version: '1.0',
    timestamp,
    DDBStreamBatchInfo: {
      shardId: shard,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
  };
}

const arrival = (change?: StreamRecord['dynamodb']) =>
  new Date((change?.ApproximateCreationDateTime ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
