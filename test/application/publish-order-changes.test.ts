import type { EventPublisher, ParkedRecord, Publication } from '../../src/application/ports.ts';
import { publishOrderChanges, type ReceivedChange } from '../../src/application/publish-order-changes.ts';
import { live } from '../support/orders.ts';

const received = (id: string, change: ReceivedChange['change']): ReceivedChange => ({
  id,
  change,
  payload: { raw: id },
});
const created = (id: string) => received(id, { ok: true, value: { after: live({ orderId: id }) } });
const published: Publication = { outcome: 'published' };

const given = (answers: Publication[], parkingFails = false) => {
  const parked: ParkedRecord[] = [];
  const calls: string[][] = [];
  const publisher: EventPublisher = {
    publish: (events) => {
      calls.push(events.map(({ order }) => order.orderId));
      return Promise.resolve(answers);
    },
  };
  const failures = {
    park: (record: ParkedRecord) => {
      if (parkingFails) return Promise.reject(new Error('no bucket'));
      parked.push(record);
      return Promise.resolve();
    },
  };
  return { run: publishOrderChanges({ publisher, failures }), parked, calls };
};

describe('publishing the changes of orders', () => {
  it('given changes that say something, then each is published, and says so at its place', async () => {
    const { run } = given([published, published]);
    const nothing = received('n', { ok: true, value: { before: live(), after: live() } });
    expect(await run([created('A'), nothing, created('B')], 0)).toMatchObject([
      { outcome: 'published', event: { order: { orderId: 'A' } } },
      { outcome: 'nothing' },
      { outcome: 'published', event: { order: { orderId: 'B' } } },
    ]);
  });

  it('given a record that cannot be understood, then it is parked whole, and the others go on', async () => {
    const { run, parked } = given([published]);
    const outcomes = await run(
      [received('bad', { ok: false, error: { reason: 'no image' } }), created('A')],
      0,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['parked', 'published']);
    expect(parked).toEqual([{ id: 'bad', reason: 'no image', payload: { raw: 'bad' } }]);
  });

  it('given an unexplained change, then it is parked and not guessed', async () => {
    const { run, parked, calls } = given([]);
    await run([received('hand', { ok: true, value: { after: live({ version: 0 }) } })], 0);
    expect(parked).toMatchObject([{ id: 'hand', reason: expect.stringContaining('version 0') as string }]);
    expect(calls).toEqual([[]]);
  });

  it('given an event refused for its content, then its record is parked', async () => {
    const { run, parked } = given([{ outcome: 'refused', code: 'MalformedDetail', detail: 'bad' }]);
    expect(await run([created('A')], 0)).toEqual([{ outcome: 'parked', reason: 'MalformedDetail: bad' }]);
    expect(parked).toHaveLength(1);
  });

  it('given an event that could not be published, or no answer for it, then its record has failed', async () => {
    const failed: Publication = { outcome: 'failed', code: 'ThrottlingException', detail: 'slow' };
    expect(await given([failed]).run([created('A'), created('B')], 0)).toEqual([
      { outcome: 'failed', reason: 'ThrottlingException: slow' },
      { outcome: 'failed', reason: 'NoAnswer: no result' },
    ]);
  });

  it('given that parking fails, then the record has failed and comes again', async () => {
    const { run } = given([], true);
    expect(await run([received('bad', { ok: false, error: { reason: 'no image' } })], 0)).toMatchObject([
      { outcome: 'failed', reason: expect.stringMatching(/no image.*no bucket/) as string },
    ]);
  });
});
