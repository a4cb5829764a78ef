import { objectIn } from './bodies.ts';
import { eventIdOf } from './records.ts';

/** What the engine names otherwise than DynamoDB: tables and streams, shards, places in a shard. */

/** Where the template says that its tables are. */
export interface Place {
  region: string;
  accountId: string;
  streamLabel: string;
}

const tableArns = /arn:aws:dynamodb:[\w-]*:\d{12}:table\/([\w.-]+)(\/index\/[\w.-]+)?(\/stream\/[\w.:-]+)?/g;
const streamLabels = /"(Latest)?StreamLabel":"[^"]*"/g;

/** The text of an answer, with each ARN and label of the engine's in DynamoDB's form. */
export const toAwsArns = (text: string, { region, accountId, streamLabel }: Place): string =>
  text
    .replace(tableArns, (_, table: string, index = '', stream?: string) => {
      const label = stream === undefined ? '' : `/stream/${streamLabel}`;
      return `arn:aws:dynamodb:${region}:${accountId}:table/${table}${String(index)}${label}`;
    })
    .replace(streamLabels, (_, latest = '') => `"${String(latest)}StreamLabel":"${streamLabel}"`);

/** The table whose stream the ARN names; undefined where it names none of this place. */
export function tableOfStream(arn: unknown, { region, accountId, streamLabel }: Place): string | undefined {
  const table = /:table\/([\w.-]+)\/stream\//.exec(String(arn))?.[1];
  if (table === undefined) return undefined;
  const known = `arn:aws:dynamodb:${region}:${accountId}:table/${table}/stream/${streamLabel}`;
  return arn === known ? table : undefined;
}

const engineShard = /^shardId-(\d{8})-/;
const awsShard = /^shardId-(\d{20})-[0-9a-f]{8}$/;

export const toAwsShard = (id: string): string => {
  const number = engineShard.exec(id)?.[1];
  return number === undefined
    ? id
    : `shardId-${number.padStart(20, '0')}-${eventIdOf('shard', id).slice(0, 8)}`;
};

export const toEngineShard = (id: string, table: string): string => {
  const number = awsShard.exec(id)?.[1];
  return number === undefined ? id : `shardId-${number.slice(-8)}-${table}`;
};

/** One of ours says which table it reads, which a record does not. */
interface Iterator {
  table: string;
  iterator: string;
}

export const packed = (iterator: Iterator): string =>
  Buffer.from(JSON.stringify(iterator)).toString('base64url');

export function unpacked(iterator: unknown): Iterator | undefined {
  if (typeof iterator !== 'string') return undefined;
  const value = objectIn(Buffer.from(iterator, 'base64url').toString('utf8'));
  return typeof value?.['table'] === 'string' && typeof value['iterator'] === 'string'
    ? { table: value['table'], iterator: value['iterator'] }
    : undefined;
}
