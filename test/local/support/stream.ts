import { functionMeter } from '../../../local/metrics/functions.ts';
import { mappingMeter } from '../../../local/metrics/mappings.ts';
import type { Metrics } from '../../../local/metrics/store.ts';
import type { Invocation } from '../../../local/parts.ts';
import { createCheckpoints } from '../../../local/stream/checkpoints.ts';
import { startMapping, type Mapping } from '../../../local/stream/mapping.ts';
import { mappingOf, type MappingSettings } from '../../../local/stream/settings.ts';
import type { Position, StreamRecord, StreamSource } from '../../../local/stream/source.ts';
import { fakeClock, type FakeClock } from './clock.ts';
import { recordedJournal, type RecordedJournal } from './recorded-journal.ts';

export const streamArn =
  'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000';
export const bucketArn = 'arn:aws:s3:::failures';

export const sequence = (number: number) => String(10n ** 20n + BigInt(number));

/** The settings of a mapping whose template has these properties. */
export const settings = (properties: Record<string, unknown> = {}): MappingSettings => {
  const settled = mappingOf({
    logicalId: 'Mapping',
    type: 'AWS::Lambda::EventSourceMapping',
    ref: '11111111-2222-4333-8444-555555555555',
    arn: '',
    properties: {
      EventSourceArn: streamArn,
      FunctionName: 'reader',
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    },
  });
  if (!settled) throw new Error('disabled');
  return settled;
};

interface FakeShard {
  id: string;
  parent?: string;
  records: StreamRecord[];
  closed: boolean;
}

/** A stream held in memory, whose shards a test can close and split. */
function fakeStream(clock: FakeClock) {
  const shards = new Map<string, FakeShard>([['shard-1', { id: 'shard-1', records: [], closed: false }]]);
  let written = 0;
  const opened: string[] = [];
  const shardOf = (id: string) => {
    const shard = shards.get(id);
    if (!shard) throw new Error(`no shard ${id}`);
    return shard;
  };
  const startOf = (records: readonly StreamRecord[], from: Position) => {
    if (from === 'TRIM_HORIZON') return 0;
    if (from === 'LATEST') return records.length;
    const after = BigInt(from.after);
    const index = records.findIndex(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) > after);
    return index < 0 ? records.length : index;
  };
  let latency: number | undefined;
  let failing = 0;
  const answering = () => (latency === undefined ? Promise.resolve() : clock.sleep(latency));
  const source: StreamSource = {
    id: () => Promise.resolve('stream'),
    shards: () =>
      answering().then(() =>
        [...shards.values()].map(({ id, parent }) => ({ id, ...(parent !== undefined && { parent }) })),
      ),
    open: (id, from) => {
      const shard = shardOf(id);
      opened.push(id);
      let position = startOf(shard.records, from);
      return Promise.resolve({
        next: () => {
          if (failing > 0) {
            failing -= 1;
            return Promise.reject(new Error('away'));
          }
          const records = shard.records.slice(position);
          position += records.length;
          return Promise.resolve({ records, end: shard.closed && records.length === 0 });
        },
      });
    },
  };
  return {
    source,
    /** The shards that were opened, in order. */
    opened,
    /** Listing the shards takes so long from now on. */
    slow: (ms: number) => {
      latency = ms;
    },
    /** So many reads fail from now on. */
    fail: (reads: number) => {
      failing = reads;
    },
    /** Adds a change of the item; gives its sequence number. */
    write: (
      item: string,
      { shard = 'shard-1', fields = {} }: { shard?: string; fields?: object } = {},
    ): string => {
      written += 1;
      shardOf(shard).records.push({
        eventID: `event-${written}`,
        eventName: 'MODIFY',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        eventSourceARN: streamArn,
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(clock.now() / 1000),
          Keys: { orderId: { S: item } },
          NewImage: { orderId: { S: item }, ...fields },
          SequenceNumber: sequence(written),
          SizeBytes: 10,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      });
      return sequence(written);
    },
    /** Closes the shard; its children follow it. */
    split: (id: string, children: string[]) => {
      shardOf(id).closed = true;
      for (const child of children) shards.set(child, { id: child, parent: id, records: [], closed: false });
    },
  };
}

type Answer = (sequences: string[], attempt: number, records: StreamRecord[]) => unknown;

export const unreached = Symbol('unreached');

/**
 * A mapping over a stream in memory and a function that `answer` stands for: its return value is the answer, what
 * it throws the function's error, and `unreached` a throttle. `calls` holds each invocation's numbers.
 */
export function runner(
  properties: Record<string, unknown> = {},
  {
    clock = fakeClock(),
    journal = recordedJournal(),
    metrics,
    loses = false,
  }: { clock?: FakeClock; journal?: RecordedJournal; metrics?: Metrics; loses?: boolean } = {},
) {
  const stream = fakeStream(clock);
  const calls: number[][] = [];
  const kept: {
    bucket: string;
    key: string;
    body: Record<string, unknown>;
    checkpoint?: number | undefined;
  }[] = [];
  const warnings: string[] = [];
  const state = { answer: (() => null) as Answer, atOnce: 0, mostAtOnce: 0 };
  const numbers = (records: readonly StreamRecord[]) =>
    records.map(({ dynamodb }) => Number(BigInt(dynamodb.SequenceNumber) - 10n ** 20n));

  const invoke = async (_: string, payload: unknown): Promise<Invocation> => {
    const { Records } = payload as { Records: StreamRecord[] };
    calls.push(numbers(Records));
    const requestId = `request-${calls.length}`;
    state.atOnce += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
    try {
      const sequences = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      const answer = await state.answer(sequences, calls.length, Records);
      if (answer === unreached) return { outcome: 'unreached', requestId, reason: 'Rate Exceeded.' };
      return { outcome: 'answered', requestId, payload: answer };
    } catch (error) {
      return { outcome: 'failed', requestId, error: { errorType: 'Error', errorMessage: String(error) } };
    } finally {
      state.atOnce -= 1;
    }
  };

  /** The last checkpoint that is on disk, as a number. */
  const checkpoint = (using = journal): number | undefined => {
    const entries = using.lines.flatMap(
      (line) => JSON.parse(line) as { part: string; entry: { sequence?: string } }[],
    );
    const at = entries.filter(({ part }) => part === 'checkpoints').at(-1)?.entry.sequence;
    return at === undefined ? undefined : Number(BigInt(at) - 10n ** 20n);
  };

  const start = (using = journal): Mapping => {
    const checkpoints = createCheckpoints(using);
    using.register('queues', { apply: () => undefined, snapshot: () => [] });
    void using.load();
    const { id, countsEvents } = settings(properties);
    return startMapping(settings(properties), stream.source, {
      functions: { invoke },
      ...(metrics && {
        meters: {
          functions: functionMeter(metrics),
          mapping: countsEvents ? mappingMeter(metrics, id) : undefined,
        },
      }),
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:reader',
      checkpoints,
      queues: {
        sending: (arn, message) => ({
          part: 'queues',
          entry: { arn, body: JSON.parse(message.body) as unknown },
        }),
      },
      objects: {
        put: async (bucket, key, body) => {
          // As long as a disk takes: what does not wait for it is ahead by then.
          await new Promise((resolve) => setImmediate(resolve));
          if (loses) throw new Error('it does not take it');
          const record = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
          kept.push({ bucket, key, body: record, checkpoint: checkpoint(using) });
        },
      },
      journal: using,
      clock,
      warn: (line) => warnings.push(line),
    });
  };

  return {
    ...stream,
    clock,
    journal,
    calls,
    kept,
    warnings,
    state,
    start,
    checkpoint,
  };
}

export const failures = (...sequences: unknown[]) => ({
  batchItemFailures: sequences.map((itemIdentifier) => ({ itemIdentifier })),
});
