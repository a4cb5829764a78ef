import type { StreamRecord } from '../../../local/stream/source.ts';
import { createTrace, TRACE_BOUNDS, type CallStep } from '../../../local/trace/trace.ts';

const record = (sequence: number, SizeBytes: number): StreamRecord => ({
  eventID: String(sequence),
  eventName: 'MODIFY',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-west-1',
  eventSourceARN: 'arn:aws:dynamodb:eu-west-1:0:table/T/stream/x',
  dynamodb: {
    ApproximateCreationDateTime: 0,
    Keys: {},
    SequenceNumber: String(sequence),
    SizeBytes,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  },
});

/** More than fits of each kind. */
const fill = (times: number, bytes: number) => {
  const trace = createTrace({ now: () => 0 });
  const error = 'x'.repeat(bytes);
  const timed = { at: 0, ms: 0 };
  const call: CallStep = {
    ...timed,
    service: 'dynamodb',
    operation: 'PutItem',
    caller: 'f',
    resource: 'T',
    items: [],
    entries: [],
    objectKey: undefined,
    error,
  };
  const body = Buffer.alloc(bytes);
  for (let n = 0; n < times; n += 1) {
    trace.requests.push({
      ...timed,
      requestId: String(n),
      method: 'GET',
      path: '/',
      status: 200,
      correlationId: undefined,
      headers: {},
      body,
      answer: body,
    });
    const ran = { ...timed, function: 'f', requestId: String(n), outcome: 'answered' as const, error };
    trace.invocations.push({ ...ran, cause: { kind: 'call' } });
    trace.batches.push({ ...ran, keys: [], failedFrom: undefined });
    trace.calls.push(call);
    trace.attempts.push({
      ...timed,
      event: String(n),
      rule: 'r',
      target: 't',
      attempt: 1,
      outcome: 'retry',
      error,
      nextAt: undefined,
    });
    trace.consumers.push({ at: 0, queue: 'q', message: String(n), event: undefined, action: 'received' });
    trace.records.add(String(n), record(n, bytes));
  }
  return trace;
};

describe('what the trace holds', () => {
  const kinds = ['requests', 'invocations', 'calls', 'batches', 'attempts', 'consumers'] as const;

  it('given more small steps than fit, then it holds as many as its bounds say, and has counted all', () => {
    const times = 50_000;
    const trace = fill(times, 1);
    for (const kind of kinds) {
      expect(trace[kind].items().length).toBeLessThanOrEqual(TRACE_BOUNDS[kind].maxItems);
      expect(trace[kind].items().length).toBeGreaterThan(TRACE_BOUNDS[kind].maxItems / 5);
      expect(trace[kind].total()).toBe(times);
    }
    expect(trace.records.size).toBe(TRACE_BOUNDS.records.maxItems);
  });

  it('given large steps, then their bytes are the bound', () => {
    const bytes = 16_000;
    const trace = fill(3_000, bytes);
    for (const kind of kinds.filter((each) => each !== 'consumers')) {
      const held = trace[kind].items().length;
      expect(held * bytes).toBeLessThanOrEqual(TRACE_BOUNDS[kind].maxBytes);
      expect(held).toBeGreaterThan(100);
    }
    expect(trace.records.size * bytes).toBeLessThanOrEqual(TRACE_BOUNDS.records.maxBytes);
  });

  it('given all that it may hold, then that is less than 100 MB', () => {
    const all = Object.values(TRACE_BOUNDS).reduce((sum, { maxBytes }) => sum + maxBytes, 0);
    expect(all).toBeLessThan(100_000_000);
  });
});
