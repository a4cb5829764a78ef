import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { marshall } from '@aws-sdk/util-dynamodb';
import { bundle } from '../../infra/bundle.ts';
import { toItem } from '../../src/adapters/dynamodb/order-item.ts';
import { live } from '../support/orders.ts';
import { lines, statementsOfFunction } from './statements.ts';
import { nameOf, synthesized } from './synthesized.ts';

const template = synthesized();
const names = template.ofType('AWS::Lambda::Function').map(nameOf);
/** All but one call AWS. */
const calling = names.filter((name) => name !== 'orders-docs');
/** Set off by the stream, or by the clock; never by a caller. */
const PUBLISHERS = ['orders-stream-reader', 'orders-reconciler'];
const output = mkdtempSync(path.join(tmpdir(), 'bundle-'));
const codeOf = (name: string) => readFileSync(path.join(output, name, 'index.js'), 'utf8');

/** The variables of the template, with names in place of references, and those of Lambda. */
const environmentOf = (name: string): Record<string, string> => {
  const { Variables } = template.named(name, 'AWS::Lambda::Function').properties['Environment'] as {
    Variables: Record<string, unknown>;
  };
  return {
    ...Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, template.text(value)])),
    AWS_REGION: 'eu-west-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
};

const typeOfHandler = (name: string, env: Record<string, string>): string =>
  execFileSync(process.execPath, ['-p', 'typeof require("./index").handler'], {
    cwd: path.join(output, name),
    env,
    encoding: 'utf8',
  });

/** What a function calls when it gets the event, at an endpoint whose host has none for each bucket. */
const callsOf = async (name: string, event: unknown): Promise<string[]> => {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    calls.push(
      request.headers['x-amz-target']?.toString() ?? `${request.method} ${request.url?.split('?')[0]}`,
    );
    response.writeHead(400).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const handling = `require('./index').handler(${JSON.stringify(event)}, {
    awsRequestId: 'r', functionName: 'f', getRemainingTimeInMillis: () => 5_000 }).catch(() => 0)`;
  await promisify(execFile)(process.execPath, ['-e', handling], {
    cwd: path.join(output, name),
    env: {
      ...environmentOf(name),
      FAILURE_BUCKET: 'failures',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: `http://localhost:${(server.address() as AddressInfo).port}`,
    },
  });
  await new Promise((resolve) => server.close(resolve));
  return [...new Set(calls)].sort();
};

beforeAll(() => bundle(output));
afterAll(() => rmSync(output, { recursive: true }));

describe('given the bundles', () => {
  test.each(names)('then %s loads with nothing beside it, and exports its handler', (name) => {
    expect(typeOfHandler(name, environmentOf(name))).toBe('function\n');
  });

  test.each(calling)('then %s knows no other credentials than those of Lambda', (name) => {
    const sources = [
      'AWS_SECRET_ACCESS_KEY',
      'credential_process',
      'sso_session',
      'AssumeRoleWithWebIdentity',
    ];
    expect(sources.filter((source) => codeOf(name).includes(source))).toEqual(['AWS_SECRET_ACCESS_KEY']);
  });

  test('7.0 #24 the dual write: then what callers reach cannot publish, and the stream reader and the reconciler can', () => {
    const publishing = names.filter((name) => codeOf(name).includes('PutEvents'));
    const allowed = names.filter((name) =>
      lines(template, statementsOfFunction(template, name)).some((line) => line.startsWith('events:')),
    );
    expect([publishing, allowed]).toEqual([PUBLISHERS, PUBLISHERS]);
  });

  test('then the files of the documentation are with orders-docs alone', () => {
    const files = (name: string) =>
      readdirSync(path.join(output, name), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.gz'),
      );
    expect(files('orders-docs')).toContain('files/openapi.json.gz');
    expect(names.filter((name) => files(name).length > 0)).toEqual(['orders-docs']);
  });

  test('then none holds anything of tracing, which a layer brings where a stage wants it', () => {
    expect(names.filter((name) => /aws-xray-sdk|@opentelemetry/.test(codeOf(name)))).toEqual([]);
  });

  test('then what asks for tokens needs neither AWS nor configuration', () => {
    expect(codeOf('orders-token-claims').length).toBeLessThan(5_000);
    expect(typeOfHandler('orders-token-claims', {})).toBe('function\n');
  });

  test('then each calls AWS where AWS_ENDPOINT_URL says, whatever the service', async () => {
    const retention = { indexShards: 8, orderRetentionDays: 1, deletedRetentionDays: 1 };
    const NewImage = marshall(toItem(live(), retention));
    const order = { eventID: '1', eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage } };
    const stranger = { ...order, eventID: '2', dynamodb: { SequenceNumber: '2', NewImage: {} } };
    const staff = { jwt: { claims: { sub: 'U1001', scope: 'orders/staff' } } };
    const read = {
      routeKey: 'GET /customers/{customerId}/orders/{orderId}',
      headers: {},
      pathParameters: { customerId: 'C101', orderId: 'O1' },
      requestContext: { requestId: 'r', http: { method: 'GET' }, authorizer: staff },
    };
    expect([
      ...(await callsOf('orders-stream-reader', { Records: [order, stranger] })),
      ...(await callsOf('orders-api', read)),
      ...(await callsOf('orders-crud-handler', { action: 'list', customerId: 'C101', cursor: 'a.b.c.d' })),
    ]).toEqual([
      'AWSEvents.PutEvents',
      'PUT /failures/parked/2.json',
      'DynamoDB_20120810.GetItem',
      'secretsmanager.GetSecretValue',
    ]);
  });

  test.each(names)('then %s is small, and says nothing of the machine that made it', (name) => {
    expect(codeOf(name).includes(process.cwd())).toBe(false);
    expect(codeOf(name).length).toBeLessThan(600_000);
  });
});
