import { changed, objectIn, refused } from './bodies.ts';
import type { Answer } from './client.ts';
import {
  packed,
  tableOfStream,
  toAwsArns,
  toAwsShard,
  toEngineShard,
  unpacked,
  type Place,
} from './naming.ts';
import { changesNothing, toAwsRecord, toAwsSequence, toEngineSequence, type WireRecord } from './records.ts';

const streams = 'DynamoDBStreams_20120810.';
// The operations whose requests and answers hold ARNs; items are left alone, whatever texts they hold.
const namingTables =
  /^DynamoDB_20120810\.(Create|Describe|Update|Delete)(Table|TimeToLive|ContinuousBackups)$/;

export interface Dialect {
  /** The answer, in AWS's forms, to a call in AWS's forms. */
  call(target: string, body: string): Promise<Answer>;
}

interface RecordsPage {
  Records?: WireRecord[];
  NextShardIterator?: string;
}

/**
 * Evens out, in one place, what the engine does differently from DynamoDB.
 * `ask` is the engine; `expired` whether a REMOVE is an expiry; `before` is awaited before records are read.
 */
export function createDialect(options: {
  ask: (target: string, body: string) => Promise<Answer>;
  place: Place;
  /** The engine's own ARN of a table's stream; undefined for a table without one. */
  streamOf: (table: string) => Promise<string | undefined>;
  expired: (table: string, record: WireRecord) => boolean;
  before: () => Promise<void>;
  /** The time of the runtime when the machine's was this, in milliseconds. */
  clockAt: (machineMs: number) => number;
}): Dialect {
  const { ask, place, streamOf, expired, before, clockAt } = options;

  /** The table whose stream the ARN names, and the engine's ARN of it. */
  const located = async (arn: unknown): Promise<{ table: string; engineArn: string } | undefined> => {
    const table = tableOfStream(arn, place);
    if (table === undefined) return undefined;
    const engineArn = await streamOf(table);
    return engineArn === undefined ? undefined : { table, engineArn };
  };

  const describeStream = async (body: Record<string, unknown>): Promise<Answer> => {
    const stream = await located(body['StreamArn']);
    if (!stream) return noStream(body['StreamArn']);
    const { ExclusiveStartShardId: after } = body;
    const request = { ...body, StreamArn: stream.engineArn };
    const start = typeof after === 'string' && { ExclusiveStartShardId: toEngineShard(after, stream.table) };
    const answer = await ask(`${streams}DescribeStream`, JSON.stringify({ ...request, ...start }));
    return changed(answer, (answered) => {
      const description = answered['StreamDescription'] as { Shards?: Shard[] };
      for (const shard of description.Shards ?? []) {
        // The engine gives an end to a shard that is still open.
        shard.SequenceNumberRange = {
          StartingSequenceNumber: toAwsSequence(shard.SequenceNumberRange.StartingSequenceNumber ?? '1'),
        };
        shard.ShardId = toAwsShard(shard.ShardId);
      }
      return JSON.parse(toAwsArns(JSON.stringify(answered), place)) as Record<string, unknown>;
    });
  };

  const getShardIterator = async (body: Record<string, unknown>): Promise<Answer> => {
    const stream = await located(body['StreamArn']);
    if (!stream) return noStream(body['StreamArn']);
    const { table, engineArn } = stream;
    const { ShardId, SequenceNumber } = body;
    const shard = toEngineShard(String(ShardId), table);
    const request = {
      ...body,
      StreamArn: engineArn,
      ShardId: shard,
      ...(typeof SequenceNumber === 'string' && { SequenceNumber: toEngineSequence(SequenceNumber) }),
    };
    const answer = await ask(`${streams}GetShardIterator`, JSON.stringify(request));
    return changed(answer, (answered) => ({
      ...answered,
      ShardIterator: packed({ table, iterator: String(answered['ShardIterator']) }),
    }));
  };

  const getRecords = async (body: Record<string, unknown>): Promise<Answer> => {
    const from = unpacked(body['ShardIterator']);
    if (!from) return refused('ValidationException', 'Invalid ShardIterator');
    await before();
    const streamId = (await streamOf(from.table)) ?? from.table;
    let { iterator } = from;
    for (;;) {
      const answer = await ask(`${streams}GetRecords`, JSON.stringify({ ...body, ShardIterator: iterator }));
      if (answer.status !== 200) return answer;
      const { Records = [], NextShardIterator: next } = JSON.parse(answer.body) as RecordsPage;
      const records = Records.map((record) => evened(record, from.table, streamId)).filter(
        (record) => !changesNothing(record),
      );
      // A page of nothing but dropped records would look like the end of the stream.
      if (records.length === 0 && Records.length > 0 && next !== undefined) iterator = next;
      else {
        const NextShardIterator =
          next === undefined ? undefined : packed({ table: from.table, iterator: next });
        return { status: 200, body: JSON.stringify({ Records: records, NextShardIterator }) };
      }
    }
  };

  // The engine goes by the machine's clock. Where it tells seconds only, the end of the second: a record that was written
  // in the second of a move was written after it.
  const createdAt = (seconds: number): number => {
    const machineMs = Number.isInteger(seconds) ? seconds * 1000 + 999 : seconds * 1000;
    return Math.floor(clockAt(machineMs) / 1000);
  };

  const evened = (record: WireRecord, table: string, streamId: string): WireRecord => {
    const even = toAwsRecord(record, { region: place.region, streamId, createdAt });
    if (even.eventName === 'REMOVE' && expired(table, even)) {
      even.userIdentity = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };
    }
    return even;
  };

  return {
    call: async (target, body) => {
      if (!target.startsWith(streams)) {
        const answer = await ask(target, body);
        return namingTables.test(target) ? { ...answer, body: toAwsArns(answer.body, place) } : answer;
      }
      const parsed = objectIn(body);
      if (!parsed) return refused('SerializationException', 'The request is not a JSON object');
      switch (target.slice(streams.length)) {
        case 'DescribeStream':
          return describeStream(parsed);
        case 'GetShardIterator':
          return getShardIterator(parsed);
        case 'GetRecords':
          return getRecords(parsed);
        default: {
          const answer = await ask(target, body);
          return { ...answer, body: toAwsArns(answer.body, place) };
        }
      }
    },
  };
}

interface Shard {
  ShardId: string;
  SequenceNumberRange: { StartingSequenceNumber?: string; EndingSequenceNumber?: string };
}

const noStream = (arn: unknown) =>
  refused('ResourceNotFoundException', `Requested resource not found: Stream: ${String(arn)} not found`);
