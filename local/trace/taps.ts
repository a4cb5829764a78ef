import type { Attempt } from '../bus/delivering.ts';
import type { HttpHandler, Mounted } from '../http.ts';
import type { Clock, Functions, Invocation, LogGroups } from '../parts.ts';
import { isRecord, nameInArn, record, text } from '../properties.ts';
import { parseHandle } from '../queues/message.ts';
import type { QueueService } from '../queues/queues.ts';
import type { StreamRecord } from '../stream/source.ts';
import { copied } from './ids.ts';
import {
  longestBody,
  recordKey,
  tableIn,
  type BatchStep,
  type Cause,
  type ConsumerStep,
  type Trace,
} from './trace.ts';

/** The runtime's parts with an eye on them; what they do and answer stays as it is. */

const now = () => performance.now();
const since = (start: number) => Math.round((performance.now() - start) * 10) / 10;

const telling = [
  'x-correlation-id',
  'traceparent',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
];

export function tapGateway(gateway: Mounted, { requests, rates }: Trace, clock: Clock): Mounted {
  const handler: HttpHandler = async (request) => {
    const [at, start] = [clock.now(), now()];
    const response = await gateway.handler(request);
    const { method, path, query, body } = request;
    const header = (name: string) => {
      const value = response.headers?.[name];
      return typeof value === 'string' ? value : undefined;
    };
    const answer = response.body;
    const headers = telling.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    requests.push({
      at,
      ms: since(start),
      requestId: header('apigw-requestid'),
      method,
      path: query === '' ? path : `${path}?${query}`,
      status: response.status,
      correlationId: header('x-correlation-id'),
      headers: Object.fromEntries(headers),
      body: body.length <= longestBody ? body : undefined,
      answer: answer !== undefined && answer.length <= longestBody ? answer : undefined,
    });
    rates.count('client', 'api', 1, response.status >= 500 ? 1 : 0);
    return response;
  };
  return { ...gateway, handler };
}

export function tapInvoke(invoke: Functions['invoke'], trace: Trace, clock: Clock): Functions['invoke'] {
  const { invocations, rates } = trace;
  return async (function_, payload) => {
    const [at, start] = [clock.now(), now()];
    const invocation = await invoke(function_, payload);
    const name = nameOf(function_);
    const cause = causeOf(payload);
    const { requestId, outcome } = invocation;
    const error = errorOf(invocation);
    invocations.push({ at, ms: since(start), requestId, function: name, cause, outcome, error });
    const failed = error === undefined ? 0 : 1;
    rates.count('run', name, 1, failed);
    if (cause.kind === 'request') rates.count('api', name, 1, failed);
    if (cause.kind === 'call') rates.count('caller', name, 1, failed);
    return invocation;
  };
}

/** What a stream hands to a function, whether it gets there or not. */
export function tapBatches(invoke: Functions['invoke'], trace: Trace, clock: Clock): Functions['invoke'] {
  const { batches, records, rates } = trace;
  return async (function_, payload) => {
    const given = (payload as { Records: readonly StreamRecord[] }).Records;
    const keys = given.map(recordKey);
    for (const [place, each] of given.entries()) records.add(keys[place] ?? '', each);
    const [at, start] = [clock.now(), now()];
    const invocation = await invoke(function_, payload);
    const batch: BatchStep = {
      at,
      ms: since(start),
      function: nameOf(function_),
      requestId: invocation.requestId,
      keys,
      outcome: invocation.outcome,
      failedFrom: failedFrom(invocation),
      error: errorOf(invocation),
    };
    batches.push(batch);
    const [first] = given;
    const failed = batch.error !== undefined || batch.failedFrom !== undefined;
    if (first) rates.count(tableIn(first.eventSourceARN), batch.function, given.length, failed ? 1 : 0);
    return invocation;
  };
}

export function tapLogs(logs: LogGroups, { lines }: Trace): LogGroups {
  return {
    ...logs,
    write: (group, stream, message) => {
      lines.total += 1;
      logs.write(group, stream, message);
    },
    writing: (group, stream, message) => {
      lines.total += 1;
      return logs.writing(group, stream, message);
    },
  };
}

export const keepAttempts =
  ({ attempts, rates }: Trace) =>
  ({ delivery, at, attempts: attempt, outcome, error, nextAt }: Attempt): void => {
    const { rule, target, event } = delivery;
    attempts.push({ at, ms: 0, event: event.key, rule, target, attempt, outcome, error, nextAt });
    if (attempt <= 1) rates.count(event.bus, rule, 1);
    rates.count(rule, `${rule}/${target}`, 1, outcome === 'delivered' ? 0 : 1);
  };

/** What consumers take off the queues, and are done with. */
export function tapQueues(queues: QueueService, { consumers }: Trace, clock: Clock): QueueService {
  const keep = (queue: string, message: string, action: ConsumerStep['action'], event?: string) =>
    consumers.push({ at: clock.now(), queue, message, event, action });
  return {
    ...queues,
    take: async (queue, options) => {
      const taken = await queues.take(queue, options);
      for (const { id, body } of taken) keep(queue, id, 'received', idOf(body));
      return taken;
    },
    deleteAll: async (queue, handles) => {
      await queues.deleteAll(queue, handles);
      for (const handle of handles) {
        const id = parseHandle(handle)?.id;
        if (id !== undefined) keep(queue, id, 'deleted');
      }
    },
  };
}

/** The bus writes its envelopes with the id in front. */
const idOf = (body: string): string | undefined => copied(/^\{"version":"0","id":"([^"]+)"/.exec(body)?.[1]);

const nameOf = (function_: string): string => nameInArn(function_.replace(/:\$LATEST$/, ''));

function causeOf(payload: unknown): Cause {
  if (!isRecord(payload)) return { kind: 'call' };
  const requestId = text(record(payload, 'requestContext') ?? {}, 'requestId');
  if (requestId !== undefined && payload['version'] === '2.0') {
    return { kind: 'request', requestId, routeKey: text(payload, 'routeKey') ?? '' };
  }
  const { Records: given } = payload;
  if (
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((each) => isRecord(each) && 'dynamodb' in each)
  ) {
    return { kind: 'records', keys: (given as StreamRecord[]).map(recordKey) };
  }
  const id = text(payload, 'id');
  return id !== undefined && 'detail-type' in payload ? { kind: 'event', id } : { kind: 'call' };
}

const errorOf = (invocation: Invocation): string | undefined => {
  if (invocation.outcome === 'answered') return undefined;
  if (invocation.outcome === 'unreached') return invocation.reason;
  return `${invocation.error.errorType}: ${invocation.error.errorMessage}`;
};

function failedFrom(invocation: Invocation): string | undefined {
  if (invocation.outcome !== 'answered' || !isRecord(invocation.payload)) return undefined;
  const { batchItemFailures: failures } = invocation.payload;
  if (!Array.isArray(failures)) return undefined;
  const [first] = failures.filter(isRecord);
  return first && text(first, 'itemIdentifier');
}
