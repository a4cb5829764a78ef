import type { Authorize } from '../aws/endpoint.ts';
import { addressOf } from '../aws/s3.ts';
import type { AwsCall, AwsService } from '../aws/service.ts';
import { AwsError } from '../aws/service.ts';
import type { Clock, Objects, Stack } from '../parts.ts';
import { isRecord, nameInArn, record, records, text, type Properties } from '../properties.ts';
import { eventIdsIn } from './ids.ts';
import { tableIn, type CallStep, type TouchedItem, type Trace } from './trace.ts';

interface Watching {
  trace: Trace;
  stack: Stack;
  clock: Clock;
}

/** Keeps of a service's calls those that change something, publish, or are refused. */
export function tapService(service: AwsService, { trace, stack, clock }: Watching): AwsService {
  const keysOf = keyNames(stack);
  return {
    ...service,
    answer: async (call) => {
      const [at, start] = [clock.now(), performance.now()];
      const finish = (answer: string, error: string | undefined) => {
        const ms = Math.round((performance.now() - start) * 10) / 10;
        keep(trace, call, { at, ms, error, answer, keysOf });
      };
      try {
        const response = await service.answer(call);
        const answer = typeof response.body === 'string' ? response.body : '';
        finish(answer, response.status >= 400 ? refusalIn(answer) : undefined);
        return response;
      } catch (error) {
        finish('', error instanceof AwsError ? `${error.code}: ${error.message}` : String(error));
        throw error;
      }
    },
  };
}

/** Keeps what a role does not allow; of what it does allow the service's own answer tells. */
export const tapAuthorize = (authorize: Authorize, { trace, stack, clock }: Watching): Authorize => {
  const keysOf = keyNames(stack);
  return async (call) => {
    const at = clock.now();
    const denied = await authorize(call);
    if (denied !== undefined) keep(trace, call, { at, ms: 0, error: denied, answer: '', keysOf });
    return denied;
  };
};

/** What the event source mapping itself puts into its bucket on failure. */
export const tapObjects = (objects: Pick<Objects, 'put' | 'buckets'>, { calls }: Trace, clock: Clock) => ({
  buckets: () => objects.buckets(),
  put: async (bucket: string, key: string, body: Uint8Array): Promise<void> => {
    const at = clock.now();
    await objects.put(bucket, key, body);
    const about = { service: 's3', operation: 'PutObject', caller: 'event source mapping', resource: bucket };
    calls.push({ at, ms: 0, ...about, items: [], entries: [], objectKey: key, error: undefined });
  },
});

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem']);

interface Outcome {
  at: number;
  ms: number;
  error: string | undefined;
  answer: string;
  keysOf: (table: string) => readonly string[];
}

function keep({ calls, rates }: Trace, call: AwsCall, { at, ms, error, answer, keysOf }: Outcome): void {
  const { service, operation, request } = call;
  const caller = call.caller.kind === 'function' ? call.caller.functionName : call.caller.kind;
  const step: CallStep = {
    at,
    ms,
    service,
    operation,
    caller,
    resource: '',
    items: [],
    entries: [],
    objectKey: undefined,
    error,
  };
  if (service === 'dynamodb' && writes.has(operation)) {
    step.items = itemsIn(parsed(request.body), keysOf);
    const tables = [...new Set(step.items.map(({ table }) => table))];
    step.resource = tables.join(', ');
    for (const table of tables) rates.count(caller, table, 1, error === undefined ? 0 : 1);
  } else if (service === 'events' && operation === 'PutEvents') {
    const entries = records(parsed(request.body), 'Entries');
    const results = records(answer === '' ? {} : parsed(answer), 'Entries');
    step.resource = nameInArn(text(entries[0] ?? {}, 'EventBusName') ?? 'default');
    step.entries = entries.map((entry, place) => entryOf(entry, results[place]));
    const failed = step.entries.filter((entry) => entry.error !== undefined || error !== undefined).length;
    rates.count(caller, step.resource, entries.length, failed);
  } else if (service === 's3' && operation === 'PutObject') {
    const { bucket, key } = addressOf(request);
    step.resource = bucket;
    step.objectKey = key;
    rates.count(caller, bucket, 1, error === undefined ? 0 : 1);
  } else if (error === undefined || call.caller.kind !== 'function') return;
  calls.push(step);
}

const keyNames = (stack: Stack) => {
  const tables = [...stack.ofType('AWS::DynamoDB::Table'), ...stack.ofType('AWS::DynamoDB::GlobalTable')];
  const names = new Map(
    tables.map(({ ref, properties }) => [
      ref,
      records(properties, 'KeySchema').map((key) => text(key, 'AttributeName') ?? ''),
    ]),
  );
  return (table: string) => names.get(table) ?? [];
};

function itemsIn(input: Properties, keysOf: Outcome['keysOf']): TouchedItem[] {
  const actions = [
    input,
    ...records(input, 'TransactItems').flatMap((item) => Object.values(item).filter(isRecord)),
    ...Object.entries(record(input, 'RequestItems') ?? {}).flatMap(([table, requests]) =>
      (Array.isArray(requests) ? requests : [])
        .flatMap((each) => (isRecord(each) ? Object.values(each).filter(isRecord) : []))
        .map((each): Properties => ({ ...each, TableName: table })),
    ),
  ];
  return actions.flatMap((action) => {
    const item = record(action, 'Item') ?? record(action, 'Key');
    const given = text(action, 'TableName');
    if (!item || given === undefined) return [];
    const table = tableIn(given);
    const key = keysOf(table).map((name) => [name, text(record(item, name) ?? {}, 'S') ?? ''] as const);
    return [{ table, key: Object.fromEntries(key), correlationId: correlationIn(item) }];
  });
}

/** In an item, as DynamoDB writes it: beside its other attributes, or in those of its latest change. */
export function correlationIn(item: Properties): string | undefined {
  const change = record(record(item, 'change') ?? {}, 'M') ?? {};
  return text(record(change, 'correlationId') ?? {}, 'S') ?? text(record(item, 'correlationId') ?? {}, 'S');
}

function entryOf(entry: Properties, result: Properties = {}): CallStep['entries'][number] {
  const [id, code] = [text(result, 'EventId'), text(result, 'ErrorCode')];
  return {
    eventId: eventIdsIn(text(entry, 'Detail') ?? '').eventId,
    ...(id !== undefined && { id }),
    ...(code !== undefined && { error: `${code}: ${text(result, 'ErrorMessage') ?? ''}` }),
  };
}

function refusalIn(answer: string): string {
  const { __type: type, message, Message } = parsed(answer);
  if (typeof type !== 'string') return answer.slice(0, 300);
  const words = typeof message === 'string' ? message : typeof Message === 'string' ? Message : '';
  return `${type.replace(/^.*#/, '')}: ${words}`;
}

function parsed(body: Buffer | string): Properties {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
