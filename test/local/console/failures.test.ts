import { PutItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type {
  FailurePlace,
  LetterPage,
  Redrive,
  RedrivePlan,
} from '../../../local/console/shapes/failures.ts';
import type { LogPage } from '../../../local/console/shapes/logs.ts';
import type { Local } from '../../../local/local.ts';
import { startLocal } from '../../../local/start.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ warn: () => undefined });
});
afterAll(() => local.close());

interface Answered<T> {
  status: number;
  answer: T & { message?: string };
}

const api = async <T>(path: string, body?: unknown): Promise<Answered<T>> => {
  const response = await fetch(`${local.url}/_console/api${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, answer: (await response.json()) as T & { message?: string } };
};
const place = async (wanted: (place: FailurePlace) => boolean) => {
  const { answer } = await api<FailurePlace[]>('/failures');
  return answer.find(wanted)!;
};
const redrive = async (name: string): Promise<Redrive> => {
  const begun = await api<Redrive>(`/failures/${name}/redrive`, {});
  for (;;) {
    const { answer } = await api<Redrive>(`/redrives/${begun.answer.id}`);
    if (answer.state === 'done') return answer;
  }
};

describe('what a function gave up', () => {
  const name = 'orders-history-dlq';

  it('is kept with its error, and goes back to the function', async () => {
    const detail = { metadata: { eventId: 'e1', correlationId: 'c1' } };
    await api('/events', { bus: 'orders', source: 'orders.service', type: 'OrderCreated', detail });
    await local.drain();
    // Two retries, a minute and two later.
    for (let retry = 0; retry < 2; retry += 1) {
      local.clock.advance('3m');
      await local.drain();
    }
    expect(await place((each) => each.name === name)).toMatchObject({
      kind: 'dead-letter queue',
      owners: ['orders-history'],
      waiting: 1,
      causes: [{ value: expect.stringMatching(/^RetriesExhausted: /) as string, count: 1 }],
    });
    const { answer } = await api<LetterPage>(`/failures/${name}`);
    expect(answer.letters).toMatchObject([
      { attempts: 3, destination: 'function orders-history', eventId: 'e1', obstacle: null },
    ]);
    const plan = await api<RedrivePlan>(`/failures/${name}/redrive`, { dryRun: true });
    expect(plan.answer).toEqual({
      total: 1,
      destinations: [{ value: 'function orders-history', count: 1 }],
      obstacles: [],
    });
    expect((await place((each) => each.name === name)).waiting).toBe(1);
    expect(await redrive(name)).toMatchObject({ total: 1, redelivered: 1, failed: 0 });
    await local.drain();
    expect((await place((each) => each.name === name)).waiting).toBe(0);
  });
});

describe('change records that became no event', () => {
  it('are kept whole, and stay when the function can make nothing of them again', async () => {
    const client = new DynamoDBClient({
      endpoint: local.awsUrl,
      region: local.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const Item = {
      customerId: { S: 'C1' },
      orderId: { S: 'by-hand' },
      amount: { N: '1' },
      status: { S: 'SHIPPED' },
    };
    await client.send(new PutItemCommand({ TableName: 'Orders', Item }));
    client.destroy();
    await local.drain();
    const store = await place(({ kind }) => kind === 'bucket');
    expect(store).toMatchObject({ owners: ['orders-stream-reader'], waiting: 1 });
    const { answer } = await api<LetterPage>(`/failures/${store.name}`);
    const [letter] = answer.letters;
    expect(letter).toMatchObject({
      error: expect.stringContaining('version 0') as string,
      destination: 'function orders-stream-reader',
      obstacle: null,
    });
    expect(JSON.parse(letter?.body ?? '')).toMatchObject([{ dynamodb: { NewImage: Item } }]);
    expect(letter?.expiresAt).toBeGreaterThan(local.clock.now());
    const outcome = await redrive(store.name);
    expect(outcome).toMatchObject({ redelivered: 0, failed: 1 });
    expect(outcome.results[0]?.error).toContain('it was parked again');
    expect((await place(({ kind }) => kind === 'bucket')).waiting).toBe(1);
  });

  it('refuses to redrive what is no place for failures, and what is not there', async () => {
    expect(await api('/failures/order-notifications/redrive', {})).toMatchObject({ status: 409 });
    expect(await api('/failures/none')).toMatchObject({ status: 404 });
    expect(await api('/redrives/none')).toMatchObject({ status: 404 });
  });
});

describe('faults and time', () => {
  it('are switched and moved, and refuse what they cannot be', async () => {
    const before = local.clock.now();
    expect(await api('/faults', { delay: 0.5 })).toMatchObject({ status: 200 });
    expect(local.faults.state().delay.share).toBe(0.5);
    expect(await api('/faults', { delay: 2 })).toMatchObject({
      status: 400,
      answer: { message: 'The share of delay is from 0 to 1, not 2.' },
    });
    expect(await api('/faults', { nothing: 1 })).toMatchObject({ status: 400 });
    await api('/faults', { delay: 0 });
    expect(await api('/clock', { advance: '1h' })).toMatchObject({ status: 200 });
    expect(local.clock.now()).toBeGreaterThanOrEqual(before + 3_600_000);
    for (const advance of ['soon', -1, {}])
      expect(await api('/clock', { advance })).toMatchObject({ status: 400 });
  });
});

describe('logs', () => {
  it('are found by their facets, and say which invocation and correlation they are of', async () => {
    const { answer } = await api<LogPage>('/logs?level=ERROR');
    expect(answer.entries.length).toBeGreaterThan(0);
    expect(answer.entries.every(({ level }) => level === 'ERROR')).toBe(true);
    const [entry] = (
      await api<LogPage>('/logs?group=/aws/lambda/orders-stream-reader&message=order%20change')
    ).answer.entries;
    expect(entry).toMatchObject({
      function: 'orders-stream-reader',
      level: 'ERROR',
      kind: 'structured',
      fields: { outcome: 'parked', orderId: 'by-hand' },
    });
    const own = await api<LogPage>(`/logs?id=${entry?.requestId ?? ''}`);
    expect(own.answer.entries.map(({ raw }) => raw)).toContain(entry?.raw);
    const metrics = await api<LogPage>('/logs?kind=metrics');
    expect(metrics.answer.entries.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Metrics: .*\bEventsParked\b/),
    );
    const text = await api<LogPage>('/logs?text=BY-HAND&not=parked');
    expect(text.answer.entries).toEqual([]);
    expect(answer.facets.groups.map(({ value }) => value)).toContain('/aws/lambda/orders-history');
  });
});
