import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { connect, startSystem } from '../support/system.ts';

jest.setTimeout(120_000);

let system: Awaited<ReturnType<typeof startSystem>>;
let client: ReturnType<typeof connect>;
let owner: string;
let staff: string;

beforeAll(async () => {
  system = await startSystem('--port', '0', '--seed');
  client = connect(system.url);
  owner = await client.token({ sub: 'C101', scope: 'orders/customer', customerId: 'C101' });
  staff = await client.token({ sub: 'U1001', scope: 'orders/staff' });
});
afterAll(async () => {
  await system.kill('SIGTERM');
});

const ids = (answer: { body: { items: { orderId: string }[] } }) =>
  answer.body.items.map(({ orderId }) => orderId);

describe('a first run', () => {
  it('given the seed, then the sample team has three events of O5002 and one of each other order', async () => {
    const events = await client.receiveUntil((all) => all.length >= 5);
    const stories = events.map(
      ({ detail: { metadata, data } }) => `${data.order.orderId} ${metadata.sequence} ${metadata.type}`,
    );
    expect(stories.sort()).toEqual([
      'O5001 1 OrderCreated',
      'O5002 1 OrderCreated',
      'O5002 2 OrderConfirmed',
      'O5002 3 OrderShipped',
      'O9001 1 OrderCreated',
    ]);
  });

  it('prints one curl command before the ready line, and the order that it makes reaches the sample team', async () => {
    const lines = system.printed().trim().split('\n');
    expect(lines.at(-1)).toBe(`ready ${system.url}`);
    for (const line of [
      `API     ${system.url}`,
      `Console ${system.url}/_console  (see what happens)`,
      `Docs    ${system.url}/docs  (to read, and to try it out)`,
      `export AWS_ENDPOINT_URL_EVENTBRIDGE=${system.url}/_aws`,
      `export AWS_ENDPOINT_URL_SQS=${system.url}/_aws`,
      '  not run      AWS::S3::Bucket LifecycleConfiguration: nothing expires',
    ])
      expect(lines).toContain(line);
    const bearing = lines[lines.indexOf('A token of customer C101, good for 12 hours:') + 1] ?? '';
    const orders = await client.request('GET', '/customers/C101/orders', { bearer: bearing });
    expect(orders.status).toBe(200);
    const curl = lines.find((line) => line.startsWith('curl ')) ?? '';
    const [, at, bearer, body] =
      /^curl -i -X POST (\S+) -H 'authorization: Bearer (\S+)' -H 'content-type: application\/json' -d '(.+)'$/.exec(
        curl,
      ) ?? [];
    const answer = await client.request('POST', at?.replace(system.url, '') ?? '', {
      bearer: bearer ?? '',
      body: body ?? '',
    });
    expect(answer).toMatchObject({ status: 201, body: { status: 'PENDING', version: 1 } });
    const { orderId } = answer.body as { orderId: string };
    const events = await client.receiveUntil((all) =>
      all.some(({ detail }) => detail.data.order.orderId === orderId),
    );
    expect(events).toMatchObject([
      {
        source: 'orders.service',
        'detail-type': 'OrderCreated',
        detail: {
          metadata: { sequence: 1, correlationId: answer.headers.get('x-correlation-id') },
          data: { previous: {} },
        },
      },
    ]);
  });
});

describe("the seed's exercises", () => {
  it('given C101, then the query gives O5001 and O5002', async () => {
    const answer = await client.request('GET', '/customers/C101/orders?limit=100', { bearer: owner });
    expect(ids(answer)).toEqual(expect.arrayContaining(['O5001', 'O5002']));
    const { Items } = await client.documents.send(
      new QueryCommand({
        TableName: 'Orders',
        KeyConditionExpression: 'customerId = :c AND begins_with(orderId, :o)',
        ExpressionAttributeValues: { ':c': 'C101', ':o': 'O500' },
      }),
    );
    expect(Items).toMatchObject([
      { orderId: 'O5001', amount: 199, status: 'PENDING' },
      { orderId: 'O5002', amount: 450, status: 'SHIPPED' },
    ]);
  });

  it('given PENDING, then the orders come through GSI1, by API and by direct invocation', async () => {
    const answer = await client.request('GET', '/orders?status=PENDING', { bearer: staff });
    expect(ids(answer)).toEqual(expect.arrayContaining(['O5001', 'O9001']));
    expect(ids(answer)).not.toContain('O5002');
    expect(await client.invoke({ action: 'list', status: 'SHIPPED' })).toMatchObject({
      items: [{ orderId: 'O5002' }],
    });
  });

  it('given the test events, then they work as they stand', async () => {
    const key = { customerId: 'C101', orderId: 'O4444' };
    expect(await client.invoke({ action: 'create', item: { ...key, amount: 250 } })).toEqual({
      message: 'Order created',
    });
    expect(await client.invoke({ action: 'read', ...key })).toMatchObject({ ...key, amount: 250 });
    expect(await client.invoke({ action: 'delete', ...key })).toEqual({ message: 'Order deleted' });
    expect(await client.invoke({ action: 'nonsense' })).toEqual({ error: 'Invalid action' });
    const events = await client.receiveUntil((all) => all.length >= 2);
    expect(events.map(({ 'detail-type': type }) => type)).toEqual(['OrderCreated', 'OrderDeleted']);
  });
});

describe('the history', () => {
  it('given the seed, then each version of O5002 has its line, told by the events alone', async () => {
    const timeline = async () => {
      const { Items = [] } = await client.documents.send(
        new QueryCommand({
          TableName: 'OrderHistory',
          KeyConditionExpression: 'orderKey = :o',
          ExpressionAttributeValues: { ':o': 'C101#O5002' },
        }),
      );
      return Items.map(
        ({ version, type, actor }) => `${String(version)} ${String(type)} by ${String(actor)}`,
      );
    };
    let lines = await timeline();
    while (lines.length < 3) lines = await timeline();
    expect(lines).toEqual([
      '1 OrderCreated by U1001',
      '2 OrderConfirmed by U1001',
      '3 OrderShipped by U1001',
    ]);
  });
});

describe('the timeline of an order', () => {
  interface Line {
    version: number;
    event: string;
    actor: string;
    reason?: string;
    changed: Record<string, unknown>;
  }

  it('given an order that went all its ways, then its history tells each, with actor, reason and what changed', async () => {
    const order = '/customers/C101/orders/with-a-past';
    const history = async (query = '') => {
      const { body } = await client.request('GET', `${order}/history${query}`, { bearer: owner });
      return body as { items: Line[]; mayLag: boolean; next?: string };
    };
    await client.request('PUT', order, { bearer: owner, body: { amount: 100 } });
    const { body } = await client.request('GET', '/customers/C101/orders?limit=100', { bearer: owner });
    const listed = (body as { items: { orderId: string; etag: string }[] }).items;
    const etag = listed.find(({ orderId }) => orderId === 'with-a-past')?.etag ?? '';
    const amended = { bearer: owner, body: { amount: 120 }, headers: { 'if-match': etag } };
    expect(await client.request('PATCH', order, amended)).toMatchObject({ status: 200 });
    await client.request('POST', `${order}/confirm`, { bearer: staff });
    await client.request('POST', `${order}/cancel`, { bearer: owner, body: { reason: 'found it cheaper' } });
    await client.request('DELETE', order, { bearer: staff });
    expect(await client.request('GET', `${order}/history`, { bearer: staff })).toMatchObject({ status: 404 });
    await client.request('POST', `${order}/restore`, { bearer: staff });

    let told = await history();
    while (told.items.length < 6) told = await history();
    expect(told).toMatchObject({
      mayLag: true,
      items: [
        { version: 1, event: 'OrderCreated', actor: 'C101', changed: {} },
        { version: 2, event: 'OrderAmended', actor: 'C101', changed: { amount: { from: 100, to: 120 } } },
        { version: 3, event: 'OrderConfirmed', actor: 'U1001' },
        {
          version: 4,
          event: 'OrderCancelled',
          actor: 'C101',
          reason: 'found it cheaper',
          changed: { status: { from: 'CONFIRMED', to: 'CANCELLED' } },
        },
        { version: 5, event: 'OrderDeleted', actor: 'U1001' },
        { version: 6, event: 'OrderRestored', actor: 'U1001' },
      ],
    });
    const newest = await history('?order=desc&limit=4');
    expect(newest.items.map(({ version }) => version)).toEqual([6, 5, 4, 3]);
    const rest = await client.request('GET', newest.next ?? '', { bearer: owner });
    expect((rest.body as { items: Line[] }).items.map(({ version }) => version)).toEqual([2, 1]);
    const stranger = await client.token({ sub: 'C102', scope: 'orders/customer', customerId: 'C102' });
    expect(await client.request('GET', `${order}/history`, { bearer: stranger })).toMatchObject({
      status: 404,
    });
    await client.receiveUntil((all) => all.length >= 6);
  });
});

describe('the key of cursors', () => {
  it('given a new one as the runbook puts it, then a link from before goes on, and new ones are signed with it', async () => {
    const SecretId = 'orders-cursor-key';
    const page = async (at: string) =>
      (await client.request('GET', at, { bearer: staff })).body as { items: unknown[]; next?: string };
    const keyOf = (link = '') => new URL(link, 'http://x').searchParams.get('cursor')?.split('.')[0];
    const before = await page('/orders?status=PENDING&limit=1');
    await client.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'b2'.repeat(32) }));
    const { VersionIdsToStages = {} } = await client.secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(Object.values(VersionIdsToStages).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    const after = await page(before.next ?? '');
    expect(after.items).toHaveLength(1);
    // A fresh process reads the secret anew, as a function that starts after the rotation.
    const invoked = await client.invoke({ action: 'list', status: 'PENDING', limit: 1 });
    const [key] = (invoked as { next: string }).next.split('.');
    expect(key).not.toBe(keyOf(before.next));
    const cursor = new URL(before.next ?? '', 'http://x').searchParams.get('cursor');
    const elsewhere = await client.request('GET', `/orders?status=SHIPPED&cursor=${cursor}`, {
      bearer: staff,
    });
    expect(elsewhere).toMatchObject({ status: 400, body: { code: 'cursor-invalid' } });
  });
});

describe('bad input', () => {
  it('is refused with the right status, writes nothing and causes no event', async () => {
    const order = '/customers/C101/orders/O5001';
    const expired = await client.token({
      sub: 'C101',
      scope: 'orders/customer',
      customerId: 'C101',
      expiresIn: -60,
    });
    const stranger = await client.token({ sub: 'C102', scope: 'orders/customer', customerId: 'C102' });
    const scopeless = await client.token({ sub: 'C101', customerId: 'C101' });
    const before = await client.request('GET', order, { bearer: owner });
    const statuses: Record<string, number> = {};
    const attempt = async (name: string, ...[method, at, rest]: Parameters<typeof client.request>) => {
      statuses[name] = (await client.request(method, at, { bearer: owner, ...rest })).status;
    };
    const post = '/customers/C101/orders';
    await attempt('malformed JSON', 'POST', post, { body: '{' });
    await attempt('invalid fields', 'POST', post, { body: { amount: -1, extra: 1 } });
    await attempt('unknown order', 'GET', '/customers/C101/orders/none');
    await attempt('foreign customer', 'GET', order, { bearer: stranger });
    await attempt('expired token', 'GET', order, { bearer: expired });
    await attempt('no token', 'GET', order, { bearer: '' });
    await attempt('missing scope', 'GET', order, { bearer: scopeless });
    await attempt('stale If-Match', 'PATCH', order, { body: { amount: 1 }, headers: { 'if-match': '"9"' } });
    await attempt('forbidden transition', 'POST', `${order}/deliver`, { bearer: staff });
    await attempt('over-large body', 'POST', post, { body: { amount: 1, note: 'x'.repeat(300_000) } });
    await attempt('unknown path', 'GET', '/nothing');
    await attempt('other method', 'PUT', '/orders');
    expect(statuses).toEqual({
      'malformed JSON': 400,
      'invalid fields': 422,
      'unknown order': 404,
      'foreign customer': 404,
      'expired token': 401,
      'no token': 401,
      'missing scope': 403,
      'stale If-Match': 412,
      'forbidden transition': 409,
      'over-large body': 413,
      'unknown path': 404,
      'other method': 405,
    });
    expect((await client.request('GET', order, { bearer: owner })).body).toEqual(before.body);
    // An order made afterwards: had one of the above caused an event, it would have come first.
    await client.request('PUT', '/customers/C101/orders/after-bad-input', {
      bearer: owner,
      body: { amount: 1 },
    });
    const events = await client.receiveUntil((all) => all.length > 0);
    expect(events.map(({ detail }) => detail.data.order.orderId)).toEqual(['after-bad-input']);
  });

  it('given a record that cannot be understood, then it is parked whole, and later ones go on', async () => {
    const Item = { customerId: 'C101', orderId: 'by-hand', amount: 450, status: 'SHIPPED' };
    await client.documents.send(new PutCommand({ TableName: 'Orders', Item }));
    await client.request('PUT', '/customers/C101/orders/after-by-hand', {
      bearer: owner,
      body: { amount: 1 },
    });
    const events = await client.receiveUntil((all) => all.length > 0);
    expect(events.map(({ detail }) => detail.data.order.orderId)).toEqual(['after-by-hand']);
    const { Buckets } = await client.s3.send(new ListBucketsCommand());
    const Bucket = Buckets?.[0]?.Name ?? '';
    const inBucket = async () =>
      (await client.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'parked/' }))).Contents ?? [];
    // The two orders are in lanes of their own: either may be done first.
    let Contents = await inBucket();
    while (Contents.length === 0) Contents = await inBucket();
    expect(Contents).toHaveLength(1);
    const parked = await client.s3.send(new GetObjectCommand({ Bucket, Key: Contents[0]?.Key ?? '' }));
    expect(JSON.parse((await parked.Body?.transformToString()) ?? '')).toMatchObject({
      reason: expect.stringContaining('version 0') as string,
      payload: {
        eventName: 'INSERT',
        dynamodb: { NewImage: { orderId: { S: 'by-hand' }, amount: { N: '450' } } },
      },
    });
  });
});
