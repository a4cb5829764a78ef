import type { Engine } from '../parts.ts';

/** A change record as a function gets it. */
export interface StreamRecord {
  eventID: string;
  eventName: string;
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  eventSourceARN: string;
  userIdentity?: { type: string; principalId: string };
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Record<string, unknown>;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
}

interface Shard {
  id: string;
  parent?: string;
}

export type Position = { after: string } | 'TRIM_HORIZON' | 'LATEST';

export interface ShardReader {
  /** The next records, none when there are none yet; `end` when the shard is closed and read to its end. */
  next(): Promise<{ records: StreamRecord[]; end: boolean }>;
}

export interface StreamSource {
  /** Another after the stream was made anew: positions in the old one mean nothing in it. */
  id(): Promise<string>;
  shards(): Promise<Shard[]>;
  open(shard: string, from: Position): Promise<ShardReader>;
}

interface WireRecord extends Omit<StreamRecord, 'userIdentity' | 'eventSourceARN'> {
  userIdentity?: { Type: string; PrincipalId: string };
}

/** The stream with this ARN, read through the engine's DynamoDB Streams calls. */
export function engineSource(
  engine: Pick<Engine, 'call'>,
  streamArn: string,
  streamId: (table: string) => Promise<string | undefined>,
): StreamSource {
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { status, body } = await engine.call(
      `DynamoDBStreams_20120810.${operation}`,
      JSON.stringify(input),
    );
    if (status !== 200) throw new Error(`${operation} of ${streamArn} answered ${status}: ${body}`);
    return JSON.parse(body) as Record<string, unknown>;
  };
  const table = /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1] ?? '';

  return {
    id: async () => (await streamId(table)) ?? streamArn,
    shards: async () => {
      const shards: Shard[] = [];
      let last: string | undefined;
      do {
        const page = await call('DescribeStream', { StreamArn: streamArn, ExclusiveStartShardId: last });
        const { Shards = [], LastEvaluatedShardId } = page['StreamDescription'] as {
          Shards?: { ShardId: string; ParentShardId?: string }[];
          LastEvaluatedShardId?: string;
        };
        for (const { ShardId, ParentShardId } of Shards) {
          shards.push({ id: ShardId, ...(ParentShardId !== undefined && { parent: ParentShardId }) });
        }
        last = LastEvaluatedShardId;
      } while (last !== undefined);
      return shards;
    },
    open: async (shard, from) => {
      const { ShardIterator } = await call('GetShardIterator', {
        StreamArn: streamArn,
        ShardId: shard,
        ...(typeof from === 'string'
          ? { ShardIteratorType: from }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: from.after }),
      });
      let iterator = ShardIterator as string | undefined;
      return {
        next: async () => {
          if (iterator === undefined) return { records: [], end: true };
          const { Records, NextShardIterator } = await call('GetRecords', { ShardIterator: iterator });
          iterator = NextShardIterator as string | undefined;
          const records = (Records as WireRecord[]).map((record) => asFunctionsGetIt(record, streamArn));
          return { records, end: records.length === 0 && iterator === undefined };
        },
      };
    },
  };
}

function asFunctionsGetIt({ userIdentity, ...record }: WireRecord, eventSourceARN: string): StreamRecord {
  return {
    ...record,
    ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
    eventSourceARN,
  };
}
