import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';

jest.setTimeout(240_000);

type Place = 'log' | 'event' | 'answer';

/** What a caller may find, and where, of what it sent: whatever is not said here must be found nowhere. */
const MAY_BE_FOUND: Record<string, readonly Place[]> = {
  customer: ['event'],
  order: ['log', 'event'],
  correlation: ['log', 'event', 'answer'],
  trace: ['log', 'event'],
  actor: ['event'],
  note: ['event'],
  sku: ['event'],
  tracking: ['event'],
  reason: ['event'],
  // Which field is wrong is said by its name; its value is not repeated.
  'field-name': ['answer'],
  'parameter-name': ['answer'],
};

const canaries = new Map<string, string>();
/** A text that stands for one field of what is sent, and for nothing else. */
const canary = (field: string): string => {
  const text = `cnry-${field}-${(canaries.size * 7919 + 104_729).toString(36)}`;
  canaries.set(text, field);
  return text;
};
const fieldsIn = (text: string): string[] =>
  [...canaries].filter(([value]) => text.includes(value)).map(([, field]) => field);
const foundIn = (place: Place, texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap(fieldsIn).filter((field) => !MAY_BE_FOUND[field]?.includes(place))),
];

const AUDIT = '/aws/events/orders-audit';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
canaries.set(TRACE_ID, 'trace');

const customer = canary('customer');
const order = canary('order');
const correlation = canary('correlation');
const personal = () => ({
  email: canary('claim-email'),
  name: canary('claim-name'),
  'cognito:username': canary('claim-username'),
});

let local: Local;
let documents: DynamoDBDocumentClient;
let lambda: LambdaClient;
let events: EventBridgeClient;
let tokens: Record<'owner' | 'staff' | 'admin', string>;
const answers: { status: number; text: string }[] = [];

interface Sent {
  as?: keyof typeof tokens;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

const send = async (method: string, path: string, { as, query = {}, headers = {}, body }: Sent = {}) => {
  const search = new URLSearchParams(query).toString();
  const response = await fetch(`${local.url}${path}${search && `?${search}`}`, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${tokens[as]}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'x-correlation-id': correlation,
      traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
      'user-agent': canary('user-agent'),
      cookie: `session=${canary('cookie')}`,
      'x-forwarded-for': canary('forwarded'),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = [JSON.stringify([...response.headers]), await response.text()].join('\n');
  answers.push({ status: response.status, text });
  return { status: response.status, etag: response.headers.get('etag') ?? '' };
};

const invoke = async (event: unknown) => {
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: 'orders-crud-handler', Payload: JSON.stringify(event) }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  answers.push({ status: text.includes('"error') ? 400 : 200, text });
};

const orders = `/customers/${customer}/orders`;
const content = () => ({
  items: [{ sku: canary('sku'), quantity: 2, unitAmount: 125 }],
  note: canary('note'),
});

const throughItsLife = async () => {
  const key = { 'idempotency-key': canary('idempotency-key') };
  const made = content();
  await send('POST', orders, { as: 'owner', headers: key, body: made });
  await send('POST', orders, { as: 'owner', headers: key, body: made });
  await send('POST', orders, { as: 'owner', headers: key, body: content() });
  const { etag } = await send('PUT', `${orders}/${order}`, { as: 'owner', body: content() });
  await send('PATCH', `${orders}/${order}`, {
    as: 'owner',
    headers: { 'if-match': etag },
    body: { note: canary('note') },
  });
  const move = (transition: string, body?: unknown) =>
    send('POST', `${orders}/${order}/${transition}`, { as: 'staff', body });
  await move('confirm', { reason: canary('reason') });
  await move('ship', { trackingNumber: canary('tracking'), reason: canary('reason') });
  await move('deliver');
  await move('cancel', { reason: canary('reason') });
  await send('DELETE', `${orders}/${order}`, { as: 'staff' });
  await move('restore');
  for (const path of [orders, `${orders}/${order}`, `${orders}/${order}/history`, `/orders/${order}`]) {
    await send('GET', path, { as: 'staff' });
  }
  await send('GET', '/orders', { as: 'staff', query: { status: 'DELIVERED' } });
  const user = `/users/${canary('user')}`;
  const profile = { name: canary('user-name'), role: canary('user-role'), active: true };
  await send('PUT', user, { as: 'admin', body: profile });
  await send('PATCH', user, {
    as: 'admin',
    headers: { 'if-match': '*' },
    body: { role: canary('user-role') },
  });
  for (const path of ['/users', user]) await send('GET', path, { as: 'admin' });
  await send('DELETE', user, { as: 'admin' });
  await invoke({ action: 'create', item: { customerId: customer, orderId: canary('order'), ...content() } });
  await invoke({ action: 'list', customerId: customer });
};

const refused = async () => {
  await send('GET', '/health');
  await send('GET', `/${canary('path')}`);
  await send('GET', orders);
  await send('GET', orders, { headers: { authorization: `Bearer ${canary('token')}` } });
  await send('GET', '/users', { as: 'owner' });
  await send('GET', `/customers/${canary('foreign-customer')}/orders/${canary('order')}`, { as: 'owner' });
  await send('PUT', `${orders}/%20${canary('bad-id')}`, { as: 'owner', body: content() });
  await send('POST', orders, { as: 'owner', body: `{"note": "${canary('broken-body')}` });
  // As short as what parsers quote.
  canaries.set('Zq7xK', 'broken-body');
  await send('POST', orders, { as: 'owner', body: 'Zq7xK' });
  await send('POST', orders, { as: 'owner', body: { [canary('field-name')]: canary('field-value') } });
  await send('POST', orders, {
    as: 'owner',
    body: { currency: canary('bad-currency'), amount: canary('bad-amount'), note: canary('long').repeat(99) },
  });
  await send('POST', orders, {
    as: 'owner',
    headers: { 'content-type': `text/${canary('media-type')}` },
    body: canary('bad-body'),
  });
  await send('POST', orders, {
    as: 'owner',
    headers: { 'idempotency-key': `${canary('bad-key')} ` + 'x'.repeat(300) },
  });
  await send('PATCH', `${orders}/${order}`, {
    as: 'owner',
    headers: { 'if-match': canary('if-match') },
    body: { note: canary('note') },
  });
  const note = { note: canary('note') };
  await send('PATCH', `${orders}/${order}`, { as: 'owner', body: note });
  await send('PATCH', `${orders}/${order}`, { as: 'owner', headers: { 'if-match': '"99"' }, body: note });
  await send('GET', orders, { as: 'owner', query: { cursor: canary('cursor') } });
  await send('GET', orders, { as: 'owner', query: { status: canary('status'), limit: canary('limit') } });
  await send('GET', orders, {
    as: 'owner',
    query: { [canary('parameter-name')]: canary('parameter-value') },
  });
  await send('PUT', `${orders}/${order}`, { as: 'owner', body: content() });
  await send('PUT', '/users/someone', {
    as: 'admin',
    body: { name: canary('user-name'), role: canary('user-role') },
  });
  await invoke({ action: canary('action') });
  await invoke({ action: 'create', item: { customerId: canary('bad-item'), note: canary('bad-item') } });
  await invoke({ action: 'read', customerId: customer, orderId: canary('order') });
};

/** Items and events that somebody made by hand, and a bus and table that fail. */
const failing = async () => {
  const unreadable = { customerId: customer, orderId: canary('order'), status: canary('hand-status') };
  await documents.send(
    new PutCommand({ TableName: 'Orders', Item: { ...unreadable, note: canary('hand-note'), amount: 1 } }),
  );
  await send('GET', `${orders}/${unreadable.orderId}`, { as: 'owner' });
  await send('GET', orders, { as: 'owner' });
  await invoke({ action: 'read', customerId: customer, orderId: unreadable.orderId });
  await events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: 'orders',
          Source: 'orders.service',
          DetailType: canary('hand-event'),
          Detail: JSON.stringify({ metadata: { type: canary('hand-event') }, data: canary('hand-event') }),
        },
      ],
    }),
  );
  await local.drain();
  local.faults.throttle();
  await send('POST', orders, { as: 'owner', body: content() });
  await send('POST', orders, {
    as: 'owner',
    headers: { 'idempotency-key': canary('idempotency-key') },
    body: content(),
  });
  await invoke({ action: 'read', customerId: customer, orderId: order });
  local.faults.off();
  local.faults.crash();
  await send('POST', orders, { as: 'owner', body: content() });
  local.faults.off();
  local.faults.fail(0.5);
  await send('PUT', `${orders}/${canary('order')}`, { as: 'owner', body: content() });
  await local.drain();
  local.faults.off();
  const givenUp = () => local.edges.queues.depth('orders-history-dlq').visible > 0;
  while (!givenUp() || local.deliveries().some(({ state }) => state === 'pending')) {
    local.clock.advance('5m');
    await local.drain();
  }
};

/** Ours, and not what was put on the bus by hand. */
const ofOurs = () =>
  local
    .events()
    .filter(({ source, 'detail-type': type }) => source === 'orders.service' && !type.startsWith('cnry'));

beforeAll(async () => {
  local = await startLocal({ faultSeed: 7, warn: () => undefined });
  const aws = {
    endpoint: local.awsUrl,
    region: local.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  documents = DynamoDBDocumentClient.from(new DynamoDBClient(aws));
  lambda = new LambdaClient(aws);
  events = new EventBridgeClient(aws);
  const staff = canary('actor');
  await documents.send(
    new PutCommand({
      TableName: 'Users',
      Item: { userId: staff, name: canary('user-name'), role: canary('user-role'), active: true },
    }),
  );
  const owner = { sub: canary('actor'), scope: 'orders/customer', customer_id: customer };
  tokens = {
    owner: await local.token({ ...owner, ...personal() }),
    staff: await local.token({ sub: staff, scope: 'orders/staff', ...personal() }),
    admin: await local.token({ sub: canary('admin'), scope: 'orders/admin', ...personal() }),
  };
  for (const token of Object.values(tokens)) canaries.set(token.split('.')[2] ?? token, 'token-signature');
  await throughItsLife();
  await local.drain();
  await refused();
  await failing();
});
afterAll(async () => {
  documents.destroy();
  lambda.destroy();
  events.destroy();
  await local.close();
});

const linesOf = (group: string) => local.logs.read(group).map(({ message }) => message);

describe('given a canary in every field of every kind of request', () => {
  test('then all kinds of answers were among them', () => {
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort((a, b) => a - b)).toEqual(
      expect.arrayContaining([200, 201, 204, 400, 401, 403, 404, 409, 412, 415, 422, 428, 500, 503]),
    );
  });

  test('then changes were parked, an event was given up, and faults struck', () => {
    const [bucket = ''] = local.edges.objects.buckets();
    expect(local.edges.objects.list(bucket, 'parked/')).not.toEqual([]);
    expect(local.edges.queues.depth('orders-history-dlq').visible).toBeGreaterThan(0);
    const { throttle, crash } = local.faults.state();
    expect(Math.min(throttle.struck, crash.struck)).toBeGreaterThan(0);
  });

  test('then no log group has one but of an order, a correlation id and a trace', () => {
    const groups = local.logs.names().filter((name) => name !== AUDIT);
    expect(groups).toEqual(
      expect.arrayContaining(['/aws/lambda/orders-api', '/aws/vendedlogs/orders-api-access']),
    );
    expect(foundIn('log', groups.flatMap(linesOf))).toEqual([]);
  });

  test('then no event has one but in the fields of the published contract', () => {
    expect(ofOurs().length).toBeGreaterThan(8);
    expect(
      foundIn(
        'event',
        ofOurs().map((event) => JSON.stringify(event)),
      ),
    ).toEqual([]);
  });

  test('then the log of events has nothing that the events have not', () => {
    const written = linesOf(AUDIT).filter((line) => !line.includes('cnry-hand-event'));
    expect(written.length).toBeGreaterThan(8);
    expect(foundIn('event', written)).toEqual([]);
  });

  test('then no error repeats one but the correlation id, and names of fields that there are not', () => {
    const errors = answers.filter(({ status }) => status >= 400).map(({ text }) => text);
    expect(errors.length).toBeGreaterThan(20);
    expect(foundIn('answer', errors)).toEqual([]);
  });

  test('then each place has those that it may have, so that the others would have been found', () => {
    const at = (place: Place) =>
      Object.keys(MAY_BE_FOUND).filter((field) => MAY_BE_FOUND[field]?.includes(place));
    const everywhere = {
      log: local.logs
        .names()
        .filter((name) => name !== AUDIT)
        .flatMap(linesOf),
      event: ofOurs().map((event) => JSON.stringify(event)),
      answer: answers.filter(({ status }) => status >= 400).map(({ text }) => text),
    };
    for (const [place, texts] of Object.entries(everywhere)) {
      const found = new Set(texts.flatMap(fieldsIn));
      expect(at(place as Place).filter((field) => !found.has(field))).toEqual([]);
    }
  });
});

describe('given one request', () => {
  const ID = 'one-request';

  test('then its correlation id and trace are in the lines of every function on its way, and in its event', async () => {
    const path = `${orders}/${canary('order')}`;
    await send('PUT', path, { as: 'owner', headers: { 'x-correlation-id': ID }, body: content() });
    await local.drain();
    const lines = ['orders-api', 'orders-stream-reader', 'orders-history'].flatMap((name) =>
      linesOf(`/aws/lambda/${name}`)
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ correlation_id }) => correlation_id === ID),
    );
    expect([...new Set(lines.map(({ function_name }) => function_name))]).toEqual([
      'orders-api',
      'orders-stream-reader',
      'orders-history',
    ]);
    expect(new Set(lines.map(({ trace_id }) => trace_id))).toEqual(new Set([TRACE_ID]));
    const metadata = ofOurs().map(({ detail }) => (detail as { metadata: Record<string, unknown> }).metadata);
    expect(metadata.filter(({ correlationId }) => correlationId === ID)).toMatchObject([
      { traceparent: expect.stringContaining(TRACE_ID) as string },
    ]);
  });
});

describe('given the saved queries', () => {
  const saved = () => local.stack.ofType('AWS::Logs::QueryDefinition').map(({ properties }) => properties);
  const words = (query: string) =>
    query
      .replace(/"[^"]*"/g, '')
      .split('\n')
      .flatMap((line) => line.replace(/ as \w+/g, '').match(/@?\b[a-zA-Z_]+\b(?!\()/g) ?? []);
  const LANGUAGE = new Set('fields filter stats sort limit by and or ispresent asc desc'.split(' '));

  test('then each looks where functions write, for fields that they write', () => {
    expect(saved().map(({ Name }) => Name)).toHaveLength(6);
    for (const { QueryString, LogGroupNames } of saved()) {
      const groups = LogGroupNames as string[];
      const written = new Set(
        groups
          .flatMap(linesOf)
          .filter((line) => line.startsWith('{'))
          .flatMap((line) => Object.keys(JSON.parse(line) as object)),
      );
      const aliases = new Set([...String(QueryString).matchAll(/ as (\w+)/g)].map(([, alias]) => alias));
      // Those with an @ are CloudWatch's own.
      const asked = words(String(QueryString)).filter(
        (word) => !word.startsWith('@') && !LANGUAGE.has(word) && !aliases.has(word),
      );
      expect(asked.filter((field) => !written.has(field))).toEqual([]);
      expect(groups).toContain('/aws/lambda/orders-stream-reader');
    }
  });
});
