import fc from 'fast-check';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { unicodeText } from '../support/unicode-text.ts';

jest.setTimeout(600_000);

/** Of each kind; FUZZ_REQUESTS=100000 for a long look. */
const REQUESTS = Math.ceil(Number(process.env['FUZZ_REQUESTS'] ?? 500) / 8);

let local: Local;
const complaints: string[] = [];
beforeAll(async () => {
  local = await startLocal({ faultSeed: 1, warn: () => undefined });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complaints.push(String(text));
    return true;
  });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await local.close();
});

const odd = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '..', '%ff', '%', '\u0000', '\ud800'),
  unicodeText({ maxLength: 40 }),
  fc.string({ maxLength: 2_000 }),
);
const value = fc.oneof(
  odd,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(-1, 0, 1e308, 2 ** 53, null, [], {}, [null], true),
);
/** The fields that are known, each as it should be or as it should not, and some that nobody knows. */
const bodyOf = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> => {
  const record = fc.record(
    Object.fromEntries(
      Object.entries(fields).map(([name, usual]) => [name, fc.oneof({ weight: 3, arbitrary: usual }, value)]),
    ),
    { requiredKeys: [] },
  );
  const whole = fc.tuple(record, fc.dictionary(odd, value, { maxKeys: 2 }));
  return fc.oneof(
    { weight: 8, arbitrary: whole.map(([known, unknown]) => JSON.stringify({ ...unknown, ...known })) },
    { weight: 1, arbitrary: value.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: odd },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{"advance":1e999}', '{"sub":"a","expiresIn":1e999}', '{"__proto__":0}'),
    },
    { weight: 1, arbitrary: fc.nat(20_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
  );
};

const entry = fc.record(
  {
    Source: fc.constantFrom('orders.service', 'aws.x', 'x'.repeat(257)),
    DetailType: fc.constantFrom('OrderCreated', 'x'.repeat(129)),
    Detail: fc.oneof(fc.json(), odd),
    EventBusName: fc.constantFrom('orders', 'none', 'arn:aws:events:x:y:event-bus/orders'),
    Time: fc.oneof(fc.double(), odd),
    TraceHeader: odd,
    Resources: fc.array(odd, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const name = fc.constantFrom('orders', 'Orders', 'order-notifications', '/aws/lambda/orders-api', 'failures');
const awsFields = {
  Entries: fc.array(entry, { maxLength: 12 }),
  ...Object.fromEntries(
    ['Name', 'QueueName', 'QueueUrl', 'TableName', 'logGroupName', 'SecretId', 'EventBusName', 'Rule'].map(
      (field) => [field, name],
    ),
  ),
  EventPattern: fc.oneof(fc.json(), fc.constant('{"source":[{"wildcard":"*a*a*a*a*a*"}]}')),
  Event: fc.json(),
  MessageBody: odd,
  MaxNumberOfMessages: fc.nat(12),
  limit: fc.integer(),
  MetricDataQueries: fc.array(fc.dictionary(odd, value, { maxKeys: 2 }), { maxLength: 2 }),
};
const operations = Object.entries({
  AWSEvents:
    'PutEvents TestEventPattern ListRules DescribeRule ListTargetsByRule PutRule PutTargets DescribeArchive StartReplay',
  AmazonSQS:
    'GetQueueUrl GetQueueAttributes SendMessage SendMessageBatch DeleteMessage ChangeMessageVisibility CreateQueue',
  Logs_20140328: 'DescribeLogGroups FilterLogEvents GetLogEvents',
  secretsmanager: 'GetSecretValue PutSecretValue DescribeSecret',
  GraniteServiceVersion20100801: 'DescribeAlarms ListMetrics GetMetricData GetDashboard',
  DynamoDB_20120810: 'GetItem Query Scan PutItem',
}).flatMap(([prefix, all]) =>
  [...all.split(' '), 'constructor', '__proto__', 'Odd'].map((each) => `${prefix}.${each}`),
);

interface Ask {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}
const segment = odd.map((text) => encodeURIComponent(Buffer.from(text).toString()));
const raw = fc.oneof(segment, fc.constantFrom('%ff', '%', '%e0%a4%a', 'orders', 'Orders', 'failures'));

const aws: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      method: fc.constant('POST'),
      path: fc.constant('/_aws/'),
      headers: fc
        .constantFrom(...operations, 'constructor.x', '')
        .map((target) => ({ 'x-amz-target': target })),
      body: bodyOf(awsFields),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
      path: fc.oneof(
        raw.map((at) => `/_aws/2015-03-31/functions/${at}/invocations`),
        fc.tuple(raw, raw).map(([bucket, key]) => `/_aws/${bucket}/${key}`),
      ),
      headers: fc.constant({}),
      body: fc.json(),
    }),
  },
);
const issuer: fc.Arbitrary<Ask> = fc.record({
  method: fc.constantFrom('POST', 'GET'),
  path: fc.oneof(
    fc.constant('/_issuer/token'),
    raw.map((at) => `/_issuer/${at}`),
  ),
  headers: fc.constant({}),
  body: bodyOf({
    sub: fc.string(),
    scope: fc.constantFrom('orders/staff'),
    customerId: fc.string(),
    expiresIn: fc.integer(),
    exp: value,
    aud: value,
    iss: value,
  }),
});
const routes = (method: string, paths: string) => paths.split(' ').map((path) => ({ method, path }));
const console_: fc.Arbitrary<Ask> = fc
  .tuple(
    fc.constantFrom(
      ...routes(
        'GET',
        'status pipeline journey/* events events/* tables tables/* rules failures failures/* subjects',
      ),
      ...routes('GET', 'redrives/* logs metrics runbooks/* *'),
      ...routes('POST', 'events events/*/resend rules/try failures/*/redrive faults clock'),
    ),
    raw,
    fc.dictionary(
      fc.constantFrom(
        'limit',
        'offset',
        'newest',
        'from',
        'to',
        'after',
        'before',
        'index',
        'partition',
        'text',
        'minutes',
      ),
      fc.oneof(odd, fc.constantFrom('{}', '[]', '1e9', '-1', 'NaN', 'GSI1')),
      { maxKeys: 3 },
    ),
    bodyOf({
      bus: fc.constant('orders'),
      source: fc.constant('x'),
      type: odd,
      detail: value,
      pattern: fc.oneof(fc.json(), fc.constant('{"source":[{"wildcard":"*x*x*x*x*"}]}')),
      event: fc.json(),
      rule: name,
      ids: fc.array(odd),
      advance: fc.constantFrom('1s', '1m', 1, -1, 1e300, '99999999d'),
      lose: fc.constantFrom(0, 1, 2),
      only: odd,
    }),
  )
  .map(([{ method, path }, at, query, body]) => ({
    method,
    path: `/_console/api/${path.replace('*', () => at)}?${new URLSearchParams(query).toString()}`,
    headers: { 'content-type': 'application/json' },
    body,
  }));

/** What S3 answers to operations that are not run here. */
const NOT_IMPLEMENTED = 501;

const check = async ({ method, path, headers, body }: Ask): Promise<void> => {
  complaints.length = 0;
  const sent = method === 'GET' || body === undefined ? {} : { body };
  const response = await fetch(`${local.url}${path}`, { method, headers, ...sent });
  const text = await response.text();
  const { status } = response;
  expect([status, status < 500 || status === NOT_IMPLEMENTED, text.slice(0, 200), complaints]).toEqual([
    status,
    true,
    text.slice(0, 200),
    [],
  ]);
  expect(text).not.toMatch(/node_modules|\.ts:\d/);
  if (status >= 400) expect(text).toMatch(/message|error_description|__type|title/i);
};

const post = (path: string, body: string, headers: Record<string, string> = {}): Ask => ({
  method: 'POST',
  path,
  headers,
  body,
});
const target = (name_: string, body = '{"a":1}') => post('/_aws/', body, { 'x-amz-target': name_ });
const told = (path: string, body: string) =>
  post(`/_console/api/${path}`, body, { 'content-type': 'application/json' });

/** What once got a 5xx, or took the runtime down; and what was taken though it should not be. */
const FOUND: Record<string, Ask[]> = {
  '/_aws': [
    post('/_aws/2015-03-31/functions/%ff/invocations', '{}'),
    { method: 'PUT', path: '/_aws/%ff/key', headers: {}, body: 'x' },
    target('AWSEvents.__proto__'),
    target('AWSEvents.hasOwnProperty'),
    target('constructor.x'),
  ],
  '/_issuer': [post('/_issuer/token', '{"sub":"a","expiresIn":1e999}')],
  '/_console': [
    { method: 'GET', path: '/_console/api/journey/%ff', headers: {} },
    told('faults', '{"__proto__":0}'),
    told('faults', '{"constructor":1}'),
    told('clock', '{"advance":1e999}'),
    told('clock', '{"advance":1e300}'),
  ],
};

it.each([
  ['an operation that every object has', target('AWSEvents.constructor')],
  ['entries that are no list', target('AWSEvents.PutEvents', '{"Entries":"x"}')],
  ['an entry that is none', target('AWSEvents.PutEvents', '{"Entries":[null]}')],
  ['a time that is text', target('AWSEvents.PutEvents', '{"Entries":[{"Time":"soon"}]}')],
  ['a fault that every object has', told('faults', '{"toString":0}')],
])('given %s, then 400', async (_, asked) => {
  const response = await fetch(`${local.url}${asked.path}`, asked);
  expect(response.status).toBe(400);
});

describe.each([
  ['/_aws', aws],
  ['/_issuer', issuer],
  ['/_console', console_],
])('%s', (door, asks) => {
  it('given whatever is asked, then one clear answer, no 5xx and no complaint, and the runtime goes on', async () => {
    await fc.assert(fc.asyncProperty(asks, check), {
      numRuns: REQUESTS,
      examples: (FOUND[door] ?? []).map((each): [Ask] => [each]),
    });
    expect((await fetch(`${local.url}/health`)).status).toBe(200);
  });
});
