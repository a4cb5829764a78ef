import type { Access, LogGroups, Objects, Permissions, Queues, Stack } from './parts.ts';
import type { StreamSource } from './stream/source.ts';

/** What Lambda does in the name of a function, each with the permissions of its role in front. */

export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
}

interface Asking {
  /** The function's name. */
  function: string;
  permissions: Permissions;
}

const demand = ({ function: name, permissions }: Asking, ...accesses: Access[]): void => {
  const denial = permissions.denial({ function: name }, ...accesses);
  if (denial !== undefined) throw new AccessDenied(denial);
};

/** Reads the stream as the function. */
export function permittedSource(source: StreamSource, streamArn: string, asking: Asking): StreamSource {
  const may = (action: string, resource = streamArn) =>
    demand(asking, { action: `dynamodb:${action}`, resource });
  return {
    id: async () => {
      may('ListStreams', streamArn.replace(/\/stream\/.*$/, '/stream/*'));
      return source.id();
    },
    shards: async () => {
      may('DescribeStream');
      return source.shards();
    },
    open: async (shard, from) => {
      may('GetShardIterator');
      const reader = await source.open(shard, from);
      return {
        next: async () => {
          may('GetRecords');
          return reader.next();
        },
      };
    },
  };
}

export interface Destinations {
  queues: Pick<Queues, 'sending'>;
  objects: Pick<Objects, 'put' | 'buckets'>;
}

/** Keeps what the function failed. */
export const permittedDestinations = ({ queues, objects }: Destinations, asking: Asking): Destinations => ({
  queues: {
    sending: (resource, message) => {
      demand(asking, { action: 'sqs:SendMessage', resource });
      return queues.sending(resource, message);
    },
  },
  objects: {
    buckets: () => objects.buckets(),
    put: async (bucket, key, body) => {
      const arn = `arn:aws:s3:::${bucket}`;
      demand(
        asking,
        { action: 's3:ListBucket', resource: arn },
        { action: 's3:PutObject', resource: `${arn}/${key}` },
      );
      await objects.put(bucket, key, body);
    },
  },
});

/** Where a function's copies log. */
export interface FunctionLogs extends Pick<LogGroups, 'write'> {
  /** Before each invocation, of which Lambda writes lines of its own; they are not kept here. */
  begin(group: string, stream: string): void;
}

/** Writes in the name of the function. AWS says nothing where it may not; `warn` hears of it once. */
export function permittedLogs(
  logs: Pick<LogGroups, 'write'>,
  { region, accountId }: Pick<Stack, 'region' | 'accountId'>,
  asking: Asking,
  warn: (line: string) => void,
): FunctionLogs {
  const made = new Set<string>();
  let warned = false;
  const may = (group: string, stream: string): boolean => {
    const resource = `arn:aws:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`;
    const actions = [...(made.has(stream) ? [] : ['logs:CreateLogStream']), 'logs:PutLogEvents'];
    const denial = asking.permissions.denial(
      { function: asking.function },
      ...actions.map((action) => ({ action, resource })),
    );
    if (denial === undefined) made.add(stream);
    else if (!warned) warn(`what ${asking.function} prints is lost: ${denial}`);
    warned ||= denial !== undefined;
    return denial === undefined;
  };
  return {
    begin: may,
    write: (group, stream, message) => {
      if (may(group, stream)) logs.write(group, stream, message);
    },
  };
}
