import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import { describeInBrowser } from '../support/browser.ts';

jest.setTimeout(240_000);

let local: Local;
let port: string;
/** Where the hostile page stands, on this machine too. */
let server: Server;
let elsewhere: number;
beforeAll(async () => {
  local = await startLocal({ warn: () => undefined });
  ({ port } = new URL(local.url));
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Hostile</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  elsewhere = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await local.close();
});

interface Door {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const json = { 'content-type': 'application/json' };
const putEvents = JSON.stringify({
  Entries: [{ EventBusName: 'orders', Source: 'evil', DetailType: 'Evil', Detail: '{}' }],
});
/** Everything here that says or changes something without a token. */
const DOORS: Door[] = [
  { method: 'POST', path: '/_aws/', headers: { 'x-amz-target': 'AWSEvents.PutEvents' }, body: putEvents },
  {
    method: 'POST',
    path: '/_aws/',
    headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
    body: '{"TableName":"Orders"}',
  },
  {
    method: 'POST',
    path: '/_aws/2015-03-31/functions/orders-crud-handler/invocations',
    body: '{"action":"create","item":{"customerId":"C666","orderId":"O666","amount":1}}',
  },
  { method: 'GET', path: '/_aws/' },
  { method: 'PUT', path: '/_aws/bucket/key', body: 'x' },
  { method: 'POST', path: '/_issuer/token', body: '{"sub":"evil","scope":"orders/admin"}' },
  { method: 'GET', path: '/_issuer/.well-known/jwks.json' },
  { method: 'GET', path: '/_console' },
  { method: 'GET', path: '/_console/api/status' },
  { method: 'GET', path: '/_console/api/tables/Orders' },
  { method: 'GET', path: '/_console/api/events' },
  { method: 'GET', path: '/_console/api/live' },
  {
    method: 'POST',
    path: '/_console/api/events',
    headers: json,
    body: '{"bus":"orders","source":"evil","type":"Evil","detail":{}}',
  },
  { method: 'POST', path: '/_console/api/faults', headers: json, body: '{"lose":1}' },
  { method: 'POST', path: '/_console/api/clock', headers: json, body: '{"advance":"1d"}' },
  { method: 'POST', path: '/_console/api/failures/failures/redrive', headers: json, body: '{}' },
];
/** What needs no token at the API is for everybody, and says nothing of anybody. */
const API: Door[] = [
  { method: 'POST', path: '/customers/C101/orders', headers: json, body: '{"amount":1}' },
  { method: 'GET', path: '/customers/C101/orders' },
  { method: 'GET', path: '/users' },
  { method: 'DELETE', path: '/users/U1001' },
];

/** As no browser would: with headers of one's choosing. Only the beginning of an answer that does not end. */
const ask = ({ method, path, headers = {}, body }: Door, more: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((resolve, reject) => {
    const asked = request(`${local.url}${path}`, { method, headers: { ...headers, ...more } }, (response) => {
      let text = '';
      const answer = () => ({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (response.headers['content-type'] !== 'text/event-stream') return;
        asked.destroy();
        resolve(answer());
      });
      response.once('end', () => resolve(answer()));
    });
    asked.once('upgrade', () => reject(new Error(`${path} was upgraded`)));
    asked.once('error', reject);
    asked.end(body);
  });
const named = ({ method, path, headers = {} }: Door) =>
  `${method} ${path} ${headers['x-amz-target'] ?? ''}`.trim();

/** What a page could have changed. */
const state = () => ({
  events: local.events().length,
  ahead: local.clock.ahead[0],
  faults: local.faults.state(),
  calls: local.trace.calls.total(),
});

const fromElsewhere: Record<string, () => Record<string, string>> = {
  'of another site': () => ({ origin: 'https://evil.example' }),
  'of no origin, as a sandboxed frame': () => ({ origin: 'null' }),
  'of another port': () => ({ origin: `http://127.0.0.1:${elsewhere}` }),
  'of another name of this machine': () => ({ origin: `http://localhost:${port}` }),
  'by TLS': () => ({ origin: `https://127.0.0.1:${port}` }),
  'that sends no origin, as with no-cors': () => ({
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'no-cors',
  }),
  'beside, that sends no origin': () => ({ 'sec-fetch-site': 'same-site' }),
  'whose name was made to lead here': () => ({
    host: `evil.example:${port}`,
    origin: `http://evil.example:${port}`,
    'sec-fetch-site': 'same-origin',
  }),
  'whose name was made to lead here, and that sends no origin': () => ({ host: `evil.example:${port}` }),
  'whose name begins as ours': () => ({ host: `localhost.evil.example:${port}` }),
  'whose name ends in a dot': () => ({ host: `localhost.:${port}` }),
};

describe.each(Object.entries(fromElsewhere))('given a page %s', (_, headers) => {
  it('then it reads and changes nothing behind any door', async () => {
    const before = state();
    for (const door of DOORS) {
      for (const type of [{}, { 'content-type': 'text/plain' }] as Record<string, string>[]) {
        const answer = await ask(door, { ...headers(), ...type });
        expect([named(door), answer.status]).toEqual([named(door), 403]);
        expect(answer.body).toMatch(/^\{"message":"(Host not allowed|Requests from other origins.*)"\}$/);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
    expect(state()).toEqual(before);
  });

  it('then no preflight lets it ask with headers of its own', async () => {
    for (const door of [...DOORS, ...API]) {
      const answer = await ask(
        { method: 'OPTIONS', path: door.path },
        {
          ...headers(),
          'access-control-request-method': door.method,
          'access-control-request-headers': 'authorization,content-type,x-amz-target',
          'access-control-request-private-network': 'true',
        },
      );
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('then the API takes nothing of it either: it has no token', async () => {
    const before = state();
    for (const door of API) {
      const answer = await ask(door, headers());
      expect([named(door), [401, 403].includes(answer.status)]).toEqual([named(door), true]);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect(state()).toEqual(before);
  });

  it('then no socket is opened for it', async () => {
    const upgrade = {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    for (const path of ['/_console/api/live', '/_aws/', '/_issuer/token'])
      expect((await ask({ method: 'GET', path }, { ...upgrade, ...headers() })).status).toBe(403);
  });
});

it('given the console itself, or a program, then each of the doors is open', async () => {
  const answers = await Promise.all(
    DOORS.filter(({ method }) => method === 'GET').flatMap((door) => [
      ask(door),
      ask(door, { origin: local.url, 'sec-fetch-site': 'same-origin' }),
      ask(door, { 'sec-fetch-site': 'none' }),
    ]),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

describeInBrowser('a hostile page in a browser', (open) => {
  it.each(['localhost', '127.0.0.1'])('given one at %s, then it reads and changes nothing', async (host) => {
    const before = state();
    const { page } = await open(`http://${host}:${elsewhere}/`);
    const tried = await page.evaluate(
      async ({ url, doors }) => {
        const outcome = async (door: Door, mode: string) => {
          const { method, path, headers = {}, body = null } = door;
          // Without a preflight: what forms could send.
          const plain = { mode, method: method === 'GET' ? 'GET' : 'POST' };
          const init: Record<string, unknown> = {
            ...(mode === 'no-cors' ? plain : { mode, method, headers }),
            body: method === 'GET' ? null : body,
          };
          return await fetch(`${url}${path}`, init).then(
            async (response) => `${response.type} ${(await response.text()).length}`,
            () => 'refused',
          );
        };
        const all: string[] = [];
        for (const door of doors)
          for (const mode of ['cors', 'no-cors'] as const) all.push(await outcome(door, mode));
        return [...new Set(all)];
      },
      { url: local.url, doors: [...DOORS, ...API] },
    );
    expect(tried.sort()).toEqual(['opaque 0', 'refused']);
    const live = `${local.url}/_console/api/live`;
    const heard = await page.evaluate(`Promise.all([
      new EventSource(${JSON.stringify(live)}),
      new WebSocket(${JSON.stringify(live.replace('http', 'ws'))}),
    ].map((source) => new Promise((resolve) => {
      source.onopen = source.onmessage = () => resolve('open');
      source.onerror = () => resolve('refused');
    })))`);
    expect(heard).toEqual(['refused', 'refused']);
    await page.setContent(`<iframe src="${local.url}/_console"></iframe>`);
    const framed = page.frameLocator('iframe').locator('body');
    expect(await framed.textContent()).toContain('Requests from other origins are refused here');
    await page.close();
    expect(state()).toEqual(before);
  });
});
