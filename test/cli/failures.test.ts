import type { Invocation } from '../../local/parts.ts';
import { answers, fails, startEdges, type Running } from '../local/support/running.ts';
import { run, streamReader, subscription } from './support.ts';

let running: Running;
afterEach(() => running.stop());

const record = (orderId: string, sequence = '1') => ({
  eventID: `e-${orderId}-${sequence}`,
  eventName: 'INSERT',
  dynamodb: { Keys: { orderId: { S: orderId } }, SequenceNumber: sequence },
});
const parked = (orderId: string) => ({
  key: `parked/e-${orderId}-1.json`,
  body: { id: `e-${orderId}-1`, reason: 'INSERT without a new image', payload: record(orderId) },
});
/** As Lambda writes it, the batch as text inside. */
const givenUp = (...records: object[]) => ({
  key: 'aws/lambda/mapping/shard/2026/11/22/2026-11-22T10.00.00-1',
  body: {
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 101 },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    version: '1.0',
    payload: JSON.stringify({ Records: records }),
  },
});

const start = async (
  reader: (payload: unknown) => Promise<Invocation> | Invocation,
  objects: { key: string; body: unknown }[],
) => {
  running = await startEdges([...subscription(), ...streamReader()], {
    functions: { 'orders-stream-reader': reader },
  });
  for (const { key, body } of objects) await keep(key, body);
};
const keep = (key: string, body: unknown) =>
  running.objects.put('failures', key, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const keys = () => running.objects.list('failures').map(({ key }) => key);
const redrive = (...more: string[]) => run(running.url, ['dlq', 'redrive', 'failures', '--yes', ...more]);
const allDone = () => answers({ batchItemFailures: [] });

describe('orders dlq redrive failures', () => {
  test('given records that were parked or given up, then the stream reader gets them as from the stream', async () => {
    await start(allDone, [parked('O1'), givenUp(record('O2', '7'), record('O3', '8'))]);
    const { code, out } = await redrive();
    expect(code).toBe(0);
    expect(out).toContain('2 redelivered, 0 failed');
    expect(running.calls).toEqual([
      { name: 'orders-stream-reader', payload: { Records: [record('O2', '7'), record('O3', '8')] } },
      { name: 'orders-stream-reader', payload: { Records: [record('O1')] } },
    ]);
    expect(keys()).toEqual([]);
  });

  test.each([
    ['names a failed record', answers({ batchItemFailures: [{ itemIdentifier: '8' }] }), 'from record 8 on'],
    ['throws', fails('no bus'), 'the function failed: no bus'],
    ['answers nothing', answers(null), 'the function answered null'],
    ['misspells its answer', answers({ failedItems: [] }), 'the function answered {"failedItems":[]}'],
  ])('given a function that %s, then the object stays', async (_, answer, why) => {
    await start(() => answer, [givenUp(record('O2', '7'), record('O3', '8'))]);
    const { code, err } = await redrive();
    expect(code).toBe(1);
    expect(err).toContain(why);
    expect(keys()).toHaveLength(1);
  });

  test('given a record that is parked again, which the function calls success, then it stays', async () => {
    const unknown = parked('O1');
    await start(async () => {
      await keep(unknown.key, unknown.body);
      return allDone();
    }, [unknown]);
    const { code, err } = await redrive();
    expect(code).toBe(1);
    expect(err).toContain('it was parked again: INSERT without a new image');
    expect(keys()).toEqual([unknown.key]);
  });

  test('given a filter on the records, then objects without such a record stay', async () => {
    await start(allDone, [parked('O1'), parked('O4')]);
    expect((await redrive('--filter', 'dynamodb.Keys.orderId.S=O4')).code).toBe(0);
    expect(keys()).toEqual([parked('O1').key]);
  });

  test('given an object that holds no records, then it stays, and the others go', async () => {
    await start(allDone, [{ key: 'parked/note.txt', body: 'hands off' }, parked('O1')]);
    const { code, err } = await redrive();
    expect(code).toBe(3);
    expect(err).toContain('parked/note.txt: It holds no change records.');
    expect(keys()).toEqual(['parked/note.txt']);
  });

  test('given another object of the bucket, then nobody touches it', async () => {
    await start(allDone, [{ key: 'exports/all.json', body: {} }]);
    expect((await redrive()).out).toBe('failures is empty.\n');
  });
});
