import { describeWithEngine, runEngine, temporary, type RunningEngine } from '../support/engine.ts';
import { fakeClock, until } from '../support/clock.ts';

const expiry = (at: number) => ({ expiresAt: { N: String(Math.floor(at / 1000)) } });
const service = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

describeWithEngine("the engine's stream, in DynamoDB's forms", () => {
  const directory = temporary();
  let running: RunningEngine;

  beforeEach(async () => {
    running = await runEngine(directory.path);
  });

  afterEach(async () => {
    await running.close();
    directory.remove();
  });

  test('records have the identifiers, numbers, region and version that DynamoDB gives', async () => {
    await running.put('O1', { amount: { N: '1' } });
    const [record] = await running.records();
    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:eu-west-1:000000000000:table\/Orders\/stream\/20/,
      ) as string,
    });
    expect(record?.eventID).toMatch(/^[0-9a-f]{32}$/);
    expect(record?.dynamodb.SequenceNumber).toMatch(/^\d{21,40}$/);
    expect(Number.isInteger(record?.dynamodb.ApproximateCreationDateTime)).toBe(true);
    expect(record).not.toHaveProperty('userIdentity');
  });

  test('a record is the same to the byte at each reading, after a restart too', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`a${index}`, { N: String(index) }]),
    );
    await running.put('O1', {
      ...attributes,
      nested: { M: { z: { S: '1' }, a: { L: [{ M: attributes }] } } },
    });
    const first = JSON.stringify(await running.records());
    expect(JSON.stringify(await running.records())).toBe(first);
    await running.close();
    running = await runEngine(directory.path);
    expect(JSON.stringify(await running.records())).toBe(first);
  });

  test('a write that changes nothing leaves no record, whatever the order of sets', async () => {
    await running.put('O1', { tags: { SS: ['a', 'b'] } });
    await running.put('O1', { tags: { SS: ['b', 'a'] } });
    await running.put('O1', { tags: { SS: ['b', 'c'] } });
    expect((await running.records()).map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
  });

  test('many writes that change nothing do not look like the end of the stream', async () => {
    for (let number = 0; number < 1_100; number += 100) {
      await Promise.all(Array.from({ length: 100 }, () => running.put('same', { amount: { N: '1' } })));
    }
    await running.put('O2');
    expect(await running.records()).toHaveLength(2);
  });

  test('what an item expired by is in the record, and stays there after a restart', async () => {
    await running.put('alive', expiry(Date.now() + 60_000));
    await running.put('deleted', expiry(Date.now() + 60_000));
    await running.remove('deleted');
    await running.put('expired', expiry(Date.now() - 60_000));
    const removed = async () =>
      (await running.records())
        .filter(({ eventName }) => eventName === 'REMOVE')
        .map(({ dynamodb, userIdentity }) => [dynamodb.Keys['order'], userIdentity]);
    const expected = [
      [{ S: 'deleted' }, undefined],
      [{ S: 'expired' }, service],
    ];
    // The engine's own sweep at its start may be the one that removes it.
    await until(async () => {
      await running.engine.sweep();
      return (await removed()).length === expected.length;
    }, 'the expired item is gone');
    expect(await removed()).toEqual(expected);
    await running.close();
    running = await runEngine(directory.path);
    expect(await removed()).toEqual(expected);
  });

  test('items expire by the clock that the runtime is given', async () => {
    const clock = fakeClock(Date.now());
    await running.close();
    running = await runEngine(directory.path, { clock });
    await running.put('O1', expiry(clock.now() + 60_000));
    expect(await running.engine.sweep()).toBe(0);
    await clock.advance(61_000);
    expect(await running.engine.sweep()).toBe(1);
  });

  test('a table of several pages is swept with rests between them, so that others get their turn', async () => {
    const clock = fakeClock(Date.now());
    const large = { filling: { S: 'x'.repeat(390_000) } };
    for (const order of ['O2', 'O3', 'O4']) await running.put(order, large);
    for (const order of ['O1', 'O5']) await running.put(order, expiry(clock.now() + 60_000));
    await running.close();
    await clock.advance(61_000);
    running = await runEngine(directory.path, { clock });
    const gone = async () =>
      (await running.records())
        .filter(({ eventName }) => eventName === 'REMOVE')
        .map(({ dynamodb }) => dynamodb.Keys['order']);
    await until(async () => (await gone()).length > 0, 'the first page is swept');
    expect(await gone()).toEqual([{ S: 'O1' }]);
    await until(async () => {
      await clock.advance(60_000);
      return (await gone()).length > 1;
    }, 'the second page is swept, too');
    expect(await gone()).toEqual([{ S: 'O1' }, { S: 'O5' }]);
  });

  test('a TTL value that is no number, or years old, expires nothing', async () => {
    await running.put('text', { expiresAt: { S: '1' } });
    await running.put('old', { expiresAt: { N: '1' } });
    expect(await running.engine.sweep()).toBe(0);
  });

  test('the table that a write went to is told, with transactions and batches too', async () => {
    const told: string[] = [];
    running.engine.onWrite((table) => told.push(table));
    const Item = { customer: { S: 'C1' }, order: { S: 'O1' } };
    await running.put('O1');
    await running.ask('TransactWriteItems', { TransactItems: [{ Put: { TableName: 'Orders', Item } }] });
    await running.ask('BatchWriteItem', { RequestItems: { Orders: [{ PutRequest: { Item } }] } });
    await running.ask('GetItem', { TableName: 'Orders', Key: Item });
    expect(told).toEqual(['Orders', 'Orders', 'Orders']);
  });

  test('ARNs name the region, and a stream of another name is not found', async () => {
    const { Table } = await running.ask('DescribeTable', { TableName: 'Orders' });
    const { LatestStreamArn } = Table as { LatestStreamArn: string };
    expect(LatestStreamArn).toMatch(/^arn:aws:dynamodb:eu-west-1:000000000000:table\/Orders\/stream\//);
    const StreamArn = LatestStreamArn.replace('eu-west-1', 'us-east-1');
    const answer = await running.engine.call(
      'DynamoDBStreams_20120810.DescribeStream',
      JSON.stringify({ StreamArn }),
    );
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('ResourceNotFoundException');
  });

  test('an open shard has no last sequence number', async () => {
    await running.put('O1');
    const { Table } = await running.ask('DescribeTable', { TableName: 'Orders' });
    const { LatestStreamArn: StreamArn } = Table as { LatestStreamArn: string };
    const { body } = await running.engine.call(
      'DynamoDBStreams_20120810.DescribeStream',
      JSON.stringify({ StreamArn }),
    );
    const { StreamDescription } = JSON.parse(body) as { StreamDescription: { Shards: object[] } };
    expect(StreamDescription.Shards).toEqual([
      {
        ShardId: expect.stringMatching(/^shardId-\d{20}-[0-9a-f]{8}$/) as string,
        SequenceNumberRange: { StartingSequenceNumber: '100000000000000000001' },
      },
    ]);
  });
});
