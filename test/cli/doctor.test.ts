import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEdges, type Running } from '../local/support/running.ts';
import { sdkClients } from '../local/support/sdk.ts';
import { bus, lambda, logGroupArn, mapping, queue, queueArn, rule } from '../local/support/stack.ts';
import { busHasRules } from '../../cli/doctor/bus-has-rules.ts';
import { run } from './support.ts';

const ours = { source: ['orders.service'] };
const target = { Arn: queueArn('team'), DeadLetterConfig: { Arn: queueArn('team-dlq') } };
const audit = {
  Arn: logGroupArn('/aws/events/orders-audit'),
  DeadLetterConfig: { Arn: queueArn('audit-dlq') },
};
const whole = () => ({
  orders: bus('orders'),
  team: queue('team'),
  teamDlq: queue('team-dlq'),
  auditDlq: queue('audit-dlq'),
  log: { type: 'AWS::Logs::LogGroup', name: '/aws/events/orders-audit' },
  teamRule: rule('team', 'orders', ours, [target]),
  auditRule: rule('orders-audit', 'orders', ours, [audit]),
  reader: lambda('orders-stream-reader'),
  mapping: mapping('stream', { FunctionName: 'orders-stream-reader' }),
});
type Parts = Partial<ReturnType<typeof whole>>;

let running: Running | undefined;
let api: Awaited<ReturnType<typeof answering>>;
beforeAll(async () => {
  api = await answering(200);
});
afterAll(() => api.stop());
afterEach(() => running?.stop());

const examine = async (changes: Parts = {}, args: string[] = []) => {
  running = await startEdges(Object.values({ ...whole(), ...changes }));
  const ran = await run(running.url, ['doctor', '--json', '--url', api.url, ...args]);
  const { checks } = ran.json() as {
    checks: { name: string; state: string; finding: string; remedy?: string }[];
  };
  return { ...ran, of: (name: string) => checks.find((check) => check.name === name) };
};

/** Answers every request with the status. */
const answering = async (status: number) => {
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, stop: () => new Promise((resolve) => server.close(resolve)) };
};

describe('orders doctor', () => {
  test('given all as it should be, then it says so of each part, and ends with 0', async () => {
    const { code, of } = await examine();
    expect(code).toBe(0);
    expect(of('api')).toEqual({ name: 'api', state: 'ok', finding: `${api.url}/health answers` });
    expect(of('stream')).toMatchObject({ state: 'ok', finding: 'orders-stream-reader reads it' });
    expect(of('bus')).toMatchObject({ state: 'ok', finding: '2 rules on orders: team, orders-audit' });
    expect(of('audit log')).toMatchObject({ state: 'ok', finding: '/aws/events/orders-audit' });
    expect(of('dead letters')).toMatchObject({ state: 'ok', finding: 'none in 2 places' });
  });

  test.each([
    [
      'a mapping that is off',
      'stream',
      { mapping: mapping('stream', { FunctionName: 'orders-stream-reader', Enabled: 'false' }) },
      'the event source mapping is Disabled',
      '--enabled --uuid stream',
    ],
    [
      'no mapping',
      'stream',
      { mapping: queue('nothing') },
      'nothing invokes orders-stream-reader',
      'deploy the stack',
    ],
    [
      'no rule',
      'bus',
      { teamRule: queue('a'), auditRule: queue('b') },
      'no rule on orders',
      'docs/subscribe.md',
    ],
    [
      'no rule of the audit log',
      'audit log',
      { auditRule: queue('b') },
      'No rule of the bus orders keeps whole events',
      '',
    ],
    [
      'no bus',
      'bus',
      { orders: bus('others'), teamRule: queue('a'), auditRule: queue('b') },
      'ResourceNotFoundException',
      '',
    ],
  ] satisfies [string, string, Parts, string, string][])(
    'given %s, then %s is wrong, it says what to do, and it ends with 3',
    async (_, name, changes, finding, remedy) => {
      const { code, of, json } = await examine(changes);
      expect(code).toBe(3);
      expect(of(name)).toMatchObject({ state: 'wrong', finding: expect.stringContaining(finding) as string });
      expect(of(name)?.remedy ?? '').toContain(remedy);
      // The others are asked all the same.
      expect((json() as { checks: unknown[] }).checks).toHaveLength(5);
    },
  );

  test.each([
    [
      'a disabled rule',
      { teamRule: rule('team', 'orders', ours, [target], { State: 'DISABLED' }) },
      'disabled: team',
    ],
    ['a rule without a target', { teamRule: rule('team', 'orders', ours, []) }, 'without a target: team'],
    [
      'a target without a dead-letter queue',
      { teamRule: rule('team', 'orders', ours, [{ Arn: queueArn('team') }]) },
      'without a dead-letter queue: team',
    ],
  ] satisfies [string, Parts, string][])(
    'given %s, then the bus is worth a look',
    async (_, changes, finding) => {
      const api = await answering(200);
      const { code, of } = await examine(changes, ['--url', api.url]);
      await api.stop();
      expect(of('bus')).toMatchObject({ state: 'look', finding });
      expect(code).toBe(0);
    },
  );

  test('given dead letters, then it says where, and how to see why', async () => {
    running = await startEdges(Object.values(whole()));
    const clients = sdkClients(running.url);
    const { QueueUrl } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: 'team-dlq' }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    clients.destroy();
    const { out, err, code } = await run(running.url, ['doctor', '--url', api.url]);
    expect(out).toContain('team-dlq 1');
    expect(err).toContain('orders dlq list');
    expect(code).toBe(0);
  });

  test('given an API that answers with an error, or none, then that is wrong', async () => {
    const failing = await answering(503);
    const first = await examine({}, ['--url', failing.url]);
    expect(first.of('api')).toMatchObject({ state: 'wrong', finding: `${failing.url}/health answers 503` });
    await running?.stop();
    await failing.stop();
    const { of, code } = await examine({}, ['--url', failing.url]);
    expect(of('api')?.finding).toMatch(/does not answer: .*ECONNREFUSED/);
    expect(code).toBe(3);
  });

  test('given nothing that says where the API is, then that is skipped, and counts for nothing', async () => {
    running = await startEdges(Object.values(whole()));
    const env = {
      AWS_ENDPOINT_URL: `${running.url}/_aws/`,
      AWS_ENDPOINT_URL_EVENTBRIDGE: `${running.url}/_aws/`,
    };
    const { out, code } = await run(running.url, ['doctor'], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^api +- +nothing says where it is/m);
  });

  test('given nothing that answers at all, then it does not end as if all were well', async () => {
    const gone = await answering(200);
    await gone.stop();
    const env = { AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:1/' };
    const { out, err, code } = await run(gone.url, ['doctor'], { env });
    expect(out).toMatch(/^stream +\? +Nothing answers at the endpoint: start the system/m);
    expect(err).toContain('api: --url, or ORDERS_API_URL');
    expect(code).toBe(3);
  });

  test('given rights that are missing, then what could not be asked is not called wrong, nor well', async () => {
    running = await startEdges(Object.values(whole()));
    const refusing = createServer((_, response) =>
      response.writeHead(400, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"message":"not you"}'),
    );
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    process.env['AWS_ENDPOINT_URL_LAMBDA'] = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
    const { out, code } = await run(running.url, ['doctor', '--url', api.url]);
    delete process.env['AWS_ENDPOINT_URL_LAMBDA'];
    await new Promise((resolve) => refusing.close(resolve));
    expect(out).toMatch(/^stream +\? +AccessDeniedException: not you/m);
    expect(code).toBe(3);
  });

  test("given EventBridge's own rule for an archive, then nobody hears by it, and it lacks nothing", async () => {
    const own = { Name: 'Events-Archive-orders', ManagedBy: 'events.amazonaws.com' };
    const rules = (Rules: object[]) => ({
      send: ({ constructor: { name } }: { constructor: { name: string } }) =>
        Promise.resolve(name === 'ListRulesCommand' ? { Rules } : { Targets: [target] }),
    });
    const examined = (given: object[]) => busHasRules('orders', { events: rules(given) } as never);
    expect(await examined([own])).toMatchObject({ state: 'wrong' });
    expect(await examined([own, { Name: 'team' }])).toEqual({
      state: 'ok',
      finding: '1 rules on orders: team',
    });
  });
});
