import type { EventDetail, EventList } from '../../../local/console/shapes/events.ts';
import type { Chain, Journey } from '../../../local/console/shapes/journey.ts';
import type { Pipeline } from '../../../local/console/shapes/pipeline.ts';
import type { Local } from '../../../local/local.ts';
import { startLocal } from '../../../local/start.ts';

jest.setTimeout(120_000);

let local: Local;
beforeAll(async () => {
  local = await startLocal({ faultSeed: 3, warn: () => undefined });
});
afterEach(() => local.faults.off());
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
const journey = async (id: string) => (await api<Journey>(`/journey/${encodeURIComponent(id)}`)).answer;

const put = async (orderId: string, headers: Record<string, string> = {}, amount = 100) => {
  const token = await local.token({ sub: 'C1', scope: 'orders/customer', customer_id: 'C1' });
  return fetch(`${local.url}/customers/C1/orders/${orderId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ amount }),
  });
};
const eventOf = async (orderId: string) => {
  const { answer } = await api<EventList>(`/events?order=${orderId}`);
  return answer.rows[0]!;
};
const titles = ({ steps }: Chain) => steps.map(({ lane, kind }) => `${kind} ${lane}`);

describe('the journey of an order', () => {
  const correlationId = 'corr-of-o1';
  beforeAll(async () => {
    await put('O1', { 'x-correlation-id': correlationId });
    await local.drain();
  });

  it('shows each step from the request to the subscribers', async () => {
    const { kind, orders, chains } = await journey('O1');
    expect({ kind, orders }).toEqual({ kind: 'order', orders: [{ customerId: 'C1', orderId: 'O1' }] });
    expect(chains).toHaveLength(1);
    const [chain] = chains;
    expect(chain).toMatchObject({ correlationId, title: 'OrderCreated', state: 'ok' });
    expect(chain?.summary).toMatch(/^3 of 3 delivered in /);
    expect(titles(chain!)).toEqual(
      expect.arrayContaining([
        'request api:HTTP API',
        'invocation function:orders-api',
        'write table:Orders',
        'record table:Orders',
        'batch function:orders-stream-reader',
        'publish bus:orders',
        'event bus:orders',
        'delivery rule:orders-audit',
        'delivery rule:order-notifications',
        'delivery rule:orders-history',
        'invocation function:orders-history',
        'write table:OrderHistory',
        'consumer queue:order-notifications',
      ]),
    );
    const of = (name: string) => chain?.steps.find((step) => step.kind === name);
    expect(of('request')).toMatchObject({ title: 'PUT /customers/C1/orders/O1 answered 201' });
    expect(of('record')?.changes).toContainEqual({ field: 'amount', before: null, after: '100' });
    expect(of('event')?.verdicts.map(({ matched }) => matched)).toEqual([true, true, true]);
    expect(of('invocation')?.lines.map(({ message }) => message)).toEqual(['createOrder', 'request']);
  });

  it('is found by every id that it has', async () => {
    const [step] = (await journey('O1')).chains.map(({ steps }) => steps);
    const fact = (kind: string, label: string) =>
      step?.find((each) => each.kind === kind)?.facts.find((each) => each.label === label)?.value ?? '';
    const ids = {
      'C1/O1': 'order',
      [correlationId]: 'correlation',
      [fact('event', 'Envelope id')]: 'event',
      [fact('event', 'Event id')]: 'event',
      [fact('request', 'Request id')]: 'request',
      [fact('invocation', 'Request id')]: 'request',
      [fact('batch', 'Request id 1')]: 'request',
      [fact('record', 'Sequence number')]: 'record',
    };
    expect(Object.keys(ids)).toHaveLength(8);
    for (const [id, kind] of Object.entries(ids)) {
      const found = await journey(id);
      expect(found).toMatchObject({ kind, chains: [{ correlationId, title: 'OrderCreated' }] });
    }
  });

  it('tells a refused request as one, and of an unknown id that nothing is held', async () => {
    await put('O1', { 'x-correlation-id': 'corr-refused' }, 200);
    const [chain] = (await journey('corr-refused')).chains;
    expect(chain).toMatchObject({ title: 'PUT /customers/C1/orders/O1', state: 'failed' });
    expect(chain?.steps[0]?.note).toContain('order-exists');
    expect(await api('/journey/none')).toMatchObject({
      status: 404,
      answer: { message: expect.stringContaining('Nothing is held of none') as string },
    });
  });

  it('given a delivery that fails, then the tries, their times and the wait between them are there', async () => {
    await put('O2', { 'x-correlation-id': 'corr-o2' });
    await local.drain();
    local.faults.fail(1);
    const { key } = await eventOf('O2');
    await api(`/events/${key}/resend`, { rule: 'order-notifications' });
    while (local.deliveries().at(-1)?.attempts !== 1) await local.drain();
    const [chain] = (await journey('corr-o2')).chains;
    const retried = chain?.steps.filter(({ kind, state }) => kind === 'delivery' && state === 'retrying');
    expect(retried).toHaveLength(1);
    expect(retried?.[0]?.note).toMatch(/^SDK_CLIENT_ERROR: .*; (next try in|due)/);
    expect(chain?.gaps).toContainEqual(expect.objectContaining({ label: 'until the next try' }));
    local.faults.off();
    local.clock.advance('20s');
    await local.drain();
    const [after] = (await journey('corr-o2')).chains;
    const delivered = after?.steps.find(({ kind, bars }) => kind === 'delivery' && bars.length > 1);
    expect(delivered).toMatchObject({ state: 'ok', title: 'Delivered to order-notifications after 2 tries' });
    expect(delivered?.bars.map(({ state }) => state)).toEqual(['failed', 'ok']);
    expect(after?.gaps).toContainEqual(expect.objectContaining({ label: 'back-off' }));
  });
});

describe('events', () => {
  it('given a rule that does not match, then it says why, and does not take the event', async () => {
    await api('/events', { bus: 'orders', source: 'someone.else', type: 'OrderCreated', detail: { a: 1 } });
    const { answer } = await api<EventList>('/events?source=someone.else');
    const { key, outcome, state } = answer.rows[0]!;
    expect({ outcome, state }).toEqual({ outcome: 'no rule matched', state: 'quiet' });
    const detail = await api<EventDetail>(`/events/${key}`);
    const verdict = detail.answer.verdicts.find(({ rule }) => rule === 'order-notifications');
    expect(verdict).toMatchObject({
      matched: false,
      reason: 'source is "someone.else", wanted "orders.service"',
      clauses: expect.arrayContaining([
        expect.objectContaining({ path: 'source', expected: '"orders.service"', verdict: 'missed' }),
      ]) as unknown,
    });
    expect(await api(`/events/${key}/resend`, { rule: 'order-notifications' })).toMatchObject({
      status: 409,
      answer: { message: expect.stringContaining('source is "someone.else"') as string },
    });
  });

  it('given an event that is sent again to one rule, then it is marked as a replay, and goes there alone', async () => {
    const { key, eventId } = await eventOf('O1');
    const sent = await api<{ key: string }>(`/events/${key}/resend`, { rule: 'order-notifications' });
    await local.drain();
    const { answer } = await api<EventDetail>(`/events/${sent.answer.key}`);
    expect(answer).toMatchObject({ marks: ['replay'], eventId, outcome: '1 of 1 delivered' });
    expect(answer.copies.map((copy) => copy.key)).toContain(key);
    expect(answer.deliveries.map(({ rule }) => rule)).toEqual(['order-notifications']);
    const again = await api<{ key: string }>(`/events/${sent.answer.key}/resend`, {
      rule: 'order-notifications',
    });
    expect(local.events().at(-1)).toMatchObject({ 'replay-name': 'console' });
    expect(again.status).toBe(200);
  });

  it('given the same event twice from its publisher, then the second is marked as a duplicate', async () => {
    const detail = { metadata: { eventId: 'once', correlationId: 'c' } };
    const twice = { bus: 'orders', source: 'twice', type: 'Twice', detail };
    await api('/events', twice);
    await api('/events', twice);
    const { answer } = await api<EventList>('/events?source=twice');
    expect(answer.rows.map(({ marks }) => marks)).toEqual([['duplicate'], []]);
    expect((await api<EventList>('/events?mark=duplicate')).answer.rows[0]).toMatchObject({
      source: 'twice',
    });
  });

  it('says in its own words what cannot be published', async () => {
    expect(await api('/events', { bus: 'none', source: 'a', type: 'b', detail: {} })).toMatchObject({
      status: 404,
    });
    expect(await api('/events', { bus: 'orders', source: 'a', type: 'b', detail: '[1]' })).toMatchObject({
      status: 400,
      answer: { message: expect.stringContaining('MalformedDetail') as string },
    });
  });

  it('lists no more than what was there when somebody began to look', async () => {
    const { answer: before } = await api<EventList>('/events?limit=1');
    await api('/events', { bus: 'orders', source: 'later', type: 'Later', detail: {} });
    const { answer: held } = await api<EventList>(`/events?limit=1&newest=${before.newest}`);
    expect(held.rows).toEqual(before.rows);
    expect(held.total).toBe(before.total + 1);
  });
});

describe('the pipeline', () => {
  it('is what the template says', async () => {
    const { nodes, edges } = (await api<Pipeline>('/pipeline')).answer;
    const line = [
      'api:HTTP API',
      'function:orders-api',
      'table:Orders',
      'function:orders-stream-reader',
      'bus:orders',
    ];
    for (const [place, id] of line.slice(1).entries()) {
      expect(edges).toContainEqual(expect.objectContaining({ from: line[place], to: id }));
    }
    for (const rule of ['orders-audit', 'orders-history', 'order-notifications']) {
      expect(edges).toContainEqual(expect.objectContaining({ from: 'bus:orders', to: `rule:${rule}` }));
      const owner = edges.find(({ from }) => from === `rule:${rule}`)?.to ?? '';
      expect(nodes).toContainEqual(
        expect.objectContaining({ id: `dead-letter queue:${rule}-dlq`, owners: [owner], count: '0 waiting' }),
      );
    }
  });

  it('given a function that fails, then it is marked, and so is what leads to it', async () => {
    local.faults.crash(1);
    await put('O3');
    local.faults.off();
    const { nodes } = (await api<Pipeline>('/pipeline')).answer;
    const node = nodes.find(({ id }) => id === 'function:orders-api');
    expect(node).toMatchObject({
      state: 'failed',
      trouble: expect.stringMatching(/failed in the last minute/) as string,
    });
    await local.drain();
  });
});
