import { request, type IncomingMessage } from 'node:http';
import type { Local } from '../../../local/local.ts';
import { startLocal } from '../../../local/start.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ warn: () => undefined });
});
afterAll(() => local.close());

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** As fetch cannot: with a Host and an Origin of one's choosing. */
const ask = (path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: string }>((resolve, reject) => {
    const asked = request(`${local.url}/_console${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;

const json = { 'content-type': 'application/json' };
const fault = { method: 'POST', body: JSON.stringify({ bus: 'orders', source: 'a', type: 'b', detail: {} }) };

describe('who may ask the console', () => {
  it('given a name that was made to lead here, then it is refused, for pages and data alike', async () => {
    for (const host of [
      'orders.evil.example',
      `orders.evil.example:${new URL(local.url).port}`,
      'localhost',
    ]) {
      for (const path of ['', '/api/status', '/api/live', '/assets/main.js']) {
        expect(await status(path, { headers: { host } })).toBe(403);
      }
    }
    expect(
      await status('/api/status', { headers: { host: local.url.replace('http://127.0.0.1', 'localhost') } }),
    ).toBe(200);
  });

  it('given a page of elsewhere, then it neither reads nor changes', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      expect(await status('/api/status', { headers })).toBe(403);
      expect(await status('/api/events', { ...fault, headers: { ...json, ...headers } })).toBe(403);
    }
    expect(await status('/api/events', { ...fault, headers: { ...json, origin: local.url } })).toBe(200);
  });

  it('given a form, which a page of elsewhere could send without asking, then it changes nothing', async () => {
    const before = local.events().length;
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', '']) {
      expect(await status('/api/events', { ...fault, headers: { 'content-type': type } })).toBe(415);
    }
    expect(await status('/api/events', { ...fault, body: '{', headers: json })).toBe(400);
    expect(await status('/api/events', { ...fault, body: ' '.repeat(2_000_000), headers: json })).toBe(413);
    expect(local.events()).toHaveLength(before);
  });
});

describe('what the console answers', () => {
  it('lets nothing from elsewhere, nothing inline and no frame into its pages', async () => {
    for (const path of ['', '/events?text=x', '/journey/O1', '/api/status']) {
      const { headers } = await ask(path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('gives every page the same document, and its data under /api', async () => {
    const { body } = await ask('');
    expect(body).toContain('<script type="module" src="/_console/assets/main.js"></script>');
    expect((await ask('/journey/O1%2F2')).body).toBe(body);
    expect(JSON.parse((await ask('/api')).body)).toMatchObject({
      routes: expect.arrayContaining(['GET /status', 'GET /journey/{id}', 'GET /live']) as unknown,
    });
    expect(await ask('/api/nothing')).toMatchObject({ status: 404 });
    expect(await ask('/assets/none.js')).toMatchObject({ status: 404 });
    expect(await ask('/assets/..%2f..%2fpackage.json')).not.toMatchObject({
      body: expect.stringContaining('"name"') as string,
    });
    expect(await ask('', { method: 'DELETE' })).toMatchObject({ status: 405 });
  });

  it('has less than 150 KB of script in all', async () => {
    const { body } = await ask('/assets/main.js');
    const chunks = [...new Set([...body.matchAll(/"\.\/([\w-]+\.js)"/g)].map(([, name]) => name))];
    const sizes = await Promise.all(chunks.map(async (name) => (await ask(`/assets/${name}`)).body.length));
    const total = sizes.reduce((sum, size) => sum + size, body.length);
    expect(total).toBeGreaterThan(20_000);
    expect(total).toBeLessThan(150_000);
  });

  it('says of itself what may make it differ from the cloud', async () => {
    const shown = JSON.parse((await ask('/api/status')).body) as Record<string, unknown>;
    expect(shown).toMatchObject({
      engine: { name: expect.stringMatching(/^Dynoxide|DynamoDB/) as string },
      template: { stack: 'Orders', hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string },
      runtime: { here: `Node.js ${process.versions.node}`, template: ['nodejs24.x'] },
      notes: expect.arrayContaining([expect.objectContaining({ type: 'AWS::Events::Archive' })]) as unknown,
      aheadMs: 0,
      overflow: [],
    });
  });
});

describe('the live stream', () => {
  /** Messages until there are so many. */
  const listen = async (count: number, lastEventId?: string) => {
    const aborted = new AbortController();
    const response = await fetch(`${local.url}/_console/api/live`, {
      signal: aborted.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    });
    const messages: { id: string; data: Record<string, unknown> }[] = [];
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const [, id, data] = /^id: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        if (id !== undefined)
          messages.push({ id, data: JSON.parse(data ?? '{}') as Record<string, unknown> });
      }
      if (messages.length >= count) break;
    }
    aborted.abort();
    return messages;
  };
  const publish = () => ask('/api/events', { ...fault, headers: json });

  it('says how far everything is, and says it again when there is news', async () => {
    const listening = listen(2);
    const first = await listen(1);
    await publish();
    const [before, after] = await listening;
    expect(before?.data['events']).toBe(first[0]?.data['events']);
    expect(after?.data['events']).toBe(Number(before?.data['events']) + 1);
  });

  it('given the id of the last message, then what was missed is told at once, and nothing where nothing was', async () => {
    const [known] = await listen(1);
    const resumed = listen(1, known?.id);
    await publish();
    const [missed] = await resumed;
    expect(Number(missed?.data['events'])).toBe(Number(known?.data['events']) + 1);
    const [again] = await listen(1, known?.id);
    expect(again?.id).toBe(missed?.id);
  });
});
