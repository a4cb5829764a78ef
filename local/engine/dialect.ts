import type { Answer } from './client.ts';
import {
  changesNothing,
  eventIdOf,
  ordered,
  toAwsSequence,
  toEngineSequence,
  type WireRecord,
} from './records.ts';

const streams = 'DynamoDBStreams_20120810.';
// The operations whose requests and answers hold ARNs; items are left alone, whatever texts they hold.
const namingTables =
  /^DynamoDB_20120810\.(Create|Describe|Update|Delete)(Table|TimeToLive|ContinuousBackups)$/;
const tableArns = /arn:aws:dynamodb:[\w-]*:\d{12}:table\/([\w.-]+)(\/index\/[\w.-]+)?(\/stream\/[\w.:-]+)?/g;
const streamLabels = /"(Latest)?StreamLabel":"[^"]*"/g;

export interface Dialect {
  /** The answer, in AWS's forms, to a call in AWS's forms. */
  call(target: string, body: string): Promise<Answer>;
}

export interface Names {
  region: string;
  accountId: string;
  streamLabel: string;
  /** The engine's own ARN of a table's stream; undefined for a table without one. */
  streamOf: (table: string) => Promise<string | undefined>;
}

interface RecordsPage {
  Records?: WireRecord[];
  NextShardIterator?: string;
}

interface Iterator {
  table: string;
  iterator: string;
}

/**
 * Evens out, in one place, what the engine does differently from DynamoDB: ../research calls the list engines.md.
 * `ask` is the engine; `expired` whether a REMOVE is an expiry; `before` is awaited before records are read.
 */
export function createDialect(options: {
  ask: (target: string, body: string) => Promise<Answer>;
  names: Names;
  expired: (table: string, record: WireRecord) => boolean;
  before: () => Promise<void>;
  /** The time of the runtime when the machine's was this, in milliseconds. */
  clockAt: (machineMs: number) => number;
}): Dialect {
  const { ask, names, expired, before, clockAt } = options;
  const { region, accountId, streamLabel, streamOf } = names;

  const toAwsArns = (text: string) =>
    text
      .replace(tableArns, (_, table: string, index = '', stream?: string) => {
        const label = stream === undefined ? '' : `/stream/${streamLabel}`;
        return `arn:aws:dynamodb:${region}:${accountId}:table/${table}${String(index)}${label}`;
      })
      .replace(streamLabels, (_, latest = '') => `"${String(latest)}StreamLabel":"${streamLabel}"`);

  const arnOf = (table: string) =>
    `arn:aws:dynamodb:${region}:${accountId}:table/${table}/stream/${streamLabel}`;

  /** The table whose stream the ARN names, and the engine's ARN of it. */
  const located = async (arn: unknown): Promise<{ table: string; engineArn: string } | undefined> => {
    const table = /:table\/([\w.-]+)\/stream\//.exec(String(arn))?.[1];
    if (table === undefined || arn !== arnOf(table)) return undefined;
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
      return JSON.parse(toAwsArns(JSON.stringify(answered))) as Record<string, unknown>;
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
      const records = Records.map((record) => toAwsRecord(record, from.table, streamId)).filter(
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

  const toAwsRecord = (record: WireRecord, table: string, streamId: string): WireRecord => {
    const { Keys, NewImage, OldImage, SequenceNumber, ApproximateCreationDateTime } = record.dynamodb;
    const even: WireRecord = {
      ...record,
      eventID: eventIdOf(streamId, SequenceNumber),
      eventVersion: '1.1',
      awsRegion: region,
      dynamodb: {
        ...record.dynamodb,
        ApproximateCreationDateTime: createdAt(ApproximateCreationDateTime),
        Keys: ordered(Keys),
        ...(NewImage && { NewImage: ordered(NewImage) }),
        ...(OldImage && { OldImage: ordered(OldImage) }),
        SequenceNumber: toAwsSequence(SequenceNumber),
      },
    };
    if (even.eventName === 'REMOVE' && expired(table, even)) {
      even.userIdentity = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };
    }
    return even;
  };

  return {
    call: async (target, body) => {
      if (!target.startsWith(streams)) {
        const answer = await ask(target, body);
        return namingTables.test(target) ? { ...answer, body: toAwsArns(answer.body) } : answer;
      }
      const parsed = object(body);
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
          return { ...answer, body: toAwsArns(answer.body) };
        }
      }
    },
  };
}

interface Shard {
  ShardId: string;
  SequenceNumberRange: { StartingSequenceNumber?: string; EndingSequenceNumber?: string };
}

const engineShard = /^shardId-(\d{8})-/;
const awsShard = /^shardId-(\d{20})-[0-9a-f]{8}$/;

const toAwsShard = (id: string): string => {
  const number = engineShard.exec(id)?.[1];
  return number === undefined
    ? id
    : `shardId-${number.padStart(20, '0')}-${eventIdOf('shard', id).slice(0, 8)}`;
};

const toEngineShard = (id: string, table: string): string => {
  const number = awsShard.exec(id)?.[1];
  return number === undefined ? id : `shardId-${number.slice(-8)}-${table}`;
};

// An iterator of ours says which table it reads, which a record does not.
const packed = (iterator: Iterator): string => Buffer.from(JSON.stringify(iterator)).toString('base64url');

function unpacked(iterator: unknown): Iterator | undefined {
  if (typeof iterator !== 'string') return undefined;
  const value = object(Buffer.from(iterator, 'base64url').toString('utf8'));
  return typeof value?.['table'] === 'string' && typeof value['iterator'] === 'string'
    ? { table: value['table'], iterator: value['iterator'] }
    : undefined;
}

function object(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function changed(answer: Answer, change: (body: Record<string, unknown>) => Record<string, unknown>): Answer {
  if (answer.status !== 200) return answer;
  return { status: 200, body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, unknown>)) };
}

const refused = (type: string, message: string): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
});

const noStream = (arn: unknown) =>
  refused('ResourceNotFoundException', `Requested resource not found: Stream: ${String(arn)} not found`);
